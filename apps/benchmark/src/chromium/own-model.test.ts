/// <reference lib="dom" />
import { rmSync } from 'node:fs';
import { tensor } from '@patternlens/core';
import { encodeNpy } from '@patternlens/data';
import {
  findChromium,
  openChromium,
  serveFolder,
  type ServedFolder,
  type ServeOptions,
} from '@patternlens/page/node';
import type { Browser, Page } from 'playwright-core';
import { axeFindings } from '../testing/axe-findings.js';
import { builtFolders } from '../testing/built-folders.js';
import { layersFiles, type NamedFiles } from '../testing/tfjs-files.js';

jest.setTimeout(120_000);

const isThere = findChromium() !== undefined;
const describeInChromium = isThere ? describe : describe.skip;

/** Counts in the page, so that a page that stands still counts nothing. */
type Counting = typeof globalThis & { ticks: number };

/** The runtime of ONNX is missing, as on servers that answer with a page instead. */
const withoutOnnx: ServeOptions['instead'] = (path) =>
  path.startsWith('/runtimes/ort/') && path.endsWith('.wasm')
    ? { type: 'text/html', body: '<!DOCTYPE html><p>Home' }
    : undefined;

describeInChromium(`the page for one's own model${isThere ? '' : ': there is no Chromium'}`, () => {
  let browser: Browser;
  let folders: ServeOptions['folders'];
  let served: ServedFolder;
  let page: Page;

  beforeAll(async () => {
    folders = builtFolders();
    served = await serveFolder({ folders, instead: withoutOnnx });
    browser = await openChromium();
  });

  afterAll(async () => {
    await browser.close();
    await served.close();
    rmSync(folders['/']!, { recursive: true });
  });

  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(served.url);
    await page.locator('form').waitFor();
  });

  afterEach(async () => {
    await page.close();
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });

  const choose = async (name: string, values: readonly string[]): Promise<void> => {
    await button(`None of ${name}s`).click();
    for (const value of values) await page.locator(`[name=${name}][value="${value}"]`).check();
  };

  const give = (files: NamedFiles): Promise<void> =>
    page.locator('[name=files]').setInputFiles(
      Object.entries(files).map(([name, bytes]) => ({
        name,
        mimeType: 'application/octet-stream',
        buffer: Buffer.from(bytes),
      })),
    );

  const count = (name: string, value: number): Promise<void> =>
    page.locator(`[name=${name}]`).fill(String(value));

  const report = async (): Promise<string> => {
    await button('Measure again').waitFor({ timeout: 100_000 });
    return page.locator('.verdict').innerText();
  };

  test('stands at the root; all and none; for everyone, in light, dark and narrow', async () => {
    const ticked = page.locator('[name=method]:checked');
    const all = await page.locator('[name=method]').count();
    expect(await ticked.count()).toBe(all);
    await button('None of methods').click();
    expect(await ticked.count()).toBe(0);
    await button('Run').click();
    expect(await page.getByRole('alert').innerText()).toBe(
      'Choose a backend and a method at least.',
    );
    await button('All of methods').click();
    expect(await ticked.count()).toBe(all);
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 390],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      expect(await axeFindings(page)).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
    }
  });

  test('goes on while workers compute; a backend that fails in its worker is a row', async () => {
    await choose('backend', ['onnx:wasm', 'tfjs:wasm']);
    await choose('method', ['gradient', 'pattern-attribution']);
    await count('fitted', 16);
    await count('batch', 1);
    await count('budget', 5);
    await page.evaluate(() => {
      const counting = globalThis as Counting;
      counting.ticks = 0;
      setInterval(() => counting.ticks++, 10);
    });
    const ticks = (): Promise<number> => page.evaluate(() => (globalThis as Counting).ticks);
    await button('Run').click();
    const before = await ticks();
    expect(await report()).toContain('1 of 2 backends agrees with float64');
    // Of a second and more of computing in pieces of hundreds of milliseconds.
    expect((await ticks()) - before).toBeGreaterThan(40);
    expect(await page.locator('#failures').innerText()).toContain(
      'The WebAssembly file was not found at',
    );
    await button('Measure again').click();
    expect(await page.locator('[name=fitted]').inputValue()).toBe('16');
  });

  test('Cancel ends a fit at once, and its workers', async () => {
    await choose('backend', ['tfjs:wasm']);
    await count('fitted', 300);
    await button('Run').click();
    await page.getByText('Fitting patterns by the reference').waitFor();
    expect(page.workers()).toHaveLength(1);
    await button('Cancel').click();
    await page.getByText('Cancelled.').waitFor();
    expect(await button('Run').isEnabled()).toBe(true);
    expect(await button('Measure again').count()).toBe(0);
    if (page.workers().length > 0) await page.workers()[0]!.waitForEvent('close');
    expect(page.workers()).toHaveLength(0);
  });

  test('takes a model of TensorFlow.js with its shards and an array, on WebGL in a worker too', async () => {
    const { 'group1-shard2of2.bin': shard, ...without } = layersFiles();
    const values = tensor(
      Float32Array.from({ length: 12 }, (_, at) => Math.cos(at)),
      [3, 4],
    );
    const files = { ...without, 'samples.npy': encodeNpy(values) };
    await choose('backend', ['tfjs:wasm', 'tfjs:webgl']);
    await choose('method', ['gradient', 'lrp-0']);
    await count('budget', 5);
    await give(files);
    await button('Run').click();
    await page.getByRole('alert').getByText('group1-shard2of2.bin').waitFor();
    await give({ ...files, 'group1-shard2of2.bin': shard! });
    await button('Run').click();
    expect(await report()).toContain('2 of 2 backends agree with float64 on 2 of 2 methods');
    expect(await page.locator('#matrix').innerText()).toContain('model.json');
  });
});
