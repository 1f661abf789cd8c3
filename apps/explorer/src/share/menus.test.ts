import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { encodeNpy } from '@patternlens/data';
import { NO_SITE, openSite, untilTrue, type OpenedSite } from '../testing/opened-site.js';
import { choose, takenDownloads } from '../testing/taken-downloads.js';

const maybe = NO_SITE === undefined ? describe : describe.skip;
jest.setTimeout(120_000);

const AXE = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string;
}

/** What axe finds in an element that is serious. */
async function seriousIn(page: Page, selector: string): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<{ violations: readonly Violation[] }>(
    `axe.run(${JSON.stringify(selector)})`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id }) => id);
}

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement!.textContent.trim());

const copied = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

/** A folder in the repository, where programs find its packages. */
function codeFolder(): string {
  const parent = join(__dirname, '../../dist');
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, 'code-'));
}

maybe('what takes the explanation along', () => {
  let site: OpenedSite;
  beforeAll(async () => {
    site = await openSite();
  }, 60_000);
  afterAll(() => site[Symbol.asyncDispose]());

  it('is two menus, whose every item is reached by keys', async () => {
    const { page, check } = await site.open();
    await page.getByRole('button', { name: 'Share', exact: true }).focus();
    await page.keyboard.press('ArrowDown');
    const items = page.getByRole('menu', { name: 'Share' }).getByRole('menuitem');
    expect((await items.allTextContents()).map((text) => text.trim())).toEqual([
      ...['Copy link', 'Copy as command', 'Copy as code', 'Copy as code for a page'],
      'Save state as file',
    ]);
    expect(await focused(page)).toBe('Copy link');
    await page.keyboard.press('ArrowUp');
    expect(await focused(page)).toBe('Save state as file');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe('Copy as command');
    expect(await seriousIn(page, '.menu')).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await seriousIn(page, '.menu')).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('menu').count()).toBe(0);
    expect(await focused(page)).toBe('Share');

    await page.getByRole('button', { name: 'Export', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    expect(await focused(page)).toBe('PatternAttribution');
    await page.keyboard.press('n');
    expect(await focused(page)).toBe('NPY');
    expect(
      (
        await page.getByRole('menu', { name: 'Export' }).getByRole('menuitem').allTextContents()
      ).map((text) => text.trim()),
    ).toEqual([
      ...['PNG', 'SVG', 'Sheet of all maps (PNG)', 'JSON', 'NPY', 'Explainer (ONNX)', 'Patterns'],
    ]);
    // One map can be chosen, and is kept.
    await page.getByRole('menuitemradio', { name: 'PatternNet', exact: true }).click();
    await page.mouse.click(5, 500);
    expect(await page.getByRole('menu').count()).toBe(0);
    const files = await takenDownloads(page, 'NPY', 1);
    expect([...files.keys()]).toEqual(['generated.00000.pattern-net.npy']);
    check();
    await page.context().close();
  });

  it('copies a link that opens the same state', async () => {
    const { page } = await site.open({
      hash: '#i=2&target=1&methods=gradient,lrp-epsilon:epsilon=0.5&q=98&other=kept',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await choose(page, 'Share', 'Copy link');
    await page.getByText('The link is copied.').waitFor();
    const link = await copied(page);
    await page.context().close();
    expect(link).toContain('other=kept');
    const again = await site.open({ hash: new URL(link).hash });
    const state = await again.page.evaluate<{
      sample: { index: number };
      target: { index: number };
      methods: { id: string }[];
    }>('patternlens.state()');
    expect([state.sample.index, state.target.index, ...state.methods.map(({ id }) => id)]).toEqual([
      ...[2, 1, 'gradient', 'lrp-epsilon:epsilon=0.5'],
    ]);
    await again.page.context().close();
  });

  // Where Node has the page's runtime, code takes it; else it takes ONNX Runtime.
  it.each(['tfjs:wasm', 'reference'])(
    'copies code that gives the numbers of %s when it is run',
    async (backend) => {
      const { page } = await site.open({
        hash: `#i=3&target=1&methods=pattern-attribution,lrp-epsilon:epsilon=0.5&backend=${backend}`,
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      const folder = codeFolder();
      for (const [name, bytes] of await takenDownloads(page, 'Patterns', 1))
        writeFileSync(join(folder, name), bytes);
      const { methods } = await page.evaluate<{ methods: { explained: number; sum: number }[] }>(
        'patternlens.state()',
      );
      await choose(page, 'Share', 'Copy as code');
      await page.getByText('Copy as code: copied.').waitFor();
      const code = await copied(page);
      await page.context().close();
      expect(code).toContain(backend === 'reference' ? 'onnxruntime-node' : '@tensorflow/tfjs');
      // It prints what it made; the test reads the numbers themselves.
      const printed = /console\.log\(.*\);/;
      expect(code).toMatch(printed);
      const read =
        'console.log("READ", JSON.stringify([targets[0], explained[0], relevance.shape, relevance.data.reduce((sum, value) => sum + value, 0)]));';
      writeFileSync(join(folder, 'code.mjs'), code.replace(printed, read));
      const { stdout } = await promisify(execFile)(process.execPath, ['code.mjs'], { cwd: folder });
      const lines = stdout
        .split('\n')
        .filter((line) => line.startsWith('READ '))
        .map((line) => JSON.parse(line.slice(5)) as [number, number, number[], number]);
      expect(lines).toHaveLength(2);
      for (const [at, [target, explained, shape, sum]] of lines.entries()) {
        expect([target, shape]).toEqual([1, [1, 3, 16, 16]]);
        expect(explained).toBeCloseTo(methods[at]!.explained, 4);
        expect(sum).toBeCloseTo(methods[at]!.sum, 3);
      }
      rmSync(folder, { recursive: true });
    },
  );

  it("copies code that explains files of one's own", async () => {
    const { page } = await site.open({
      hash: '#methods=gradient&target=2',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const folder = codeFolder();
    const data = Float32Array.from({ length: 2 * 768 }, (_, at) => Math.sin(at));
    const file = encodeNpy({ data, shape: [2, 3, 16, 16] });
    writeFileSync(join(folder, "it's.npy"), file);
    await page.getByLabel('Image files').setInputFiles(join(folder, "it's.npy"));
    await untilTrue(page, `patternlens.state().sample.source === "it's.npy"`);
    await page.evaluate('patternlens.idle()');
    const { methods } = await page.evaluate<{ methods: { explained: number }[] }>(
      'patternlens.state()',
    );
    await choose(page, 'Share', 'Copy as code');
    await page.getByText('Copy as code: copied.').waitFor();
    writeFileSync(join(folder, 'code.mjs'), await copied(page));
    await page.context().close();
    // Whoever runs the tests may want colours; what is compared has none.
    const { stdout } = await promisify(execFile)(process.execPath, ['code.mjs'], {
      cwd: folder,
      env: { ...process.env, FORCE_COLOR: '0' },
    });
    const [, explained] = /^gradient 2 (-?[\d.e-]+) \[ 3, 16, 16 \]$/m.exec(stdout)!;
    expect(Number(explained)).toBeCloseTo(methods[0]!.explained, 4);
    expect(readFileSync(join(folder, 'gradient.png')).includes('patternlens-map')).toBe(true);
    rmSync(folder, { recursive: true });
  });

  it('has a slim head with a way out where it is embedded', async () => {
    const { page, check } = await site.open({ hash: '?embed#i=1&target=2' });
    expect(await page.getByRole('button', { name: 'Share', exact: true }).isVisible()).toBe(false);
    const out = page.getByRole('link', { name: 'Open the whole page' });
    await out.focus();
    const address = new URL((await out.getAttribute('href'))!, page.url());
    expect(address.search).toBe('');
    expect(address.hash).toContain('i=1');
    check();
    await page.context().close();
  });
});
