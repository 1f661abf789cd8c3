/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { findChromium } from '@patternlens/page/node';
import { axeFindings } from '../testing/axe-findings.js';
import { buildPage, type BuiltPage } from '../testing/built-page.js';
import { sampleReport } from '../testing/sample-report.js';

const app = join(__dirname, '../..');
const executablePath = findChromium();
const withChromium = executablePath === undefined ? describe.skip : describe;

withChromium('the report page in Chromium', () => {
  let browser: Browser;
  let built: BuiltPage;
  let address: string;

  beforeAll(async () => {
    built = buildPage(app);
    address = built.write(sampleReport());
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    built[Symbol.dispose]();
  });

  async function opened(
    look: { width?: number; scheme?: 'light' | 'dark'; forced?: boolean } = {},
    url = address,
  ): Promise<{ page: Page; problems: string[] }> {
    const { width = 1280, scheme = 'light', forced = false } = look;
    const page = await browser.newPage({
      viewport: { width, height: 800 },
      colorScheme: scheme,
      reducedMotion: 'reduce',
      forcedColors: forced ? 'active' : 'none',
    });
    const problems: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => {
      if (request.url() !== url && !request.url().startsWith('blob:')) problems.push(request.url());
    });
    await page.goto(url);
    return { page, problems };
  }

  const overflow = (page: Page): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

  test('is one file that fits a mail', () => {
    expect(built.size).toBeLessThan(340_000);
  });

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
    ['dark', 360],
  ] as const)(
    'has no serious finding in %s at %p pixels',
    async (scheme, width) => {
      const { page, problems } = await opened({ scheme, width });
      await page.locator('.chart svg').first().waitFor();
      await page.setInputFiles(
        '.actions input[type=file]',
        built.file('other.json', JSON.stringify(sampleReport(7))),
      );
      await page.locator('#comparison table').first().waitFor();
      for (const fold of await page.locator('details > summary').all()) await fold.click();
      expect(await axeFindings(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      expect(problems).toEqual([]);
      await page.close();
    },
    60_000,
  );

  test('says the verdict, and every lack in words', async () => {
    const { page } = await opened();
    expect(await page.locator('.verdict').innerText()).toContain(
      '6 of 8 backends agree with float64',
    );
    expect(await page.locator('.matrix tbody tr').count()).toBe(11);
    expect(await page.locator('.cell').count()).toBe(7 * 11 + 1);
    const empty = await page
      .locator('.cell')
      .evaluateAll((cells) => cells.filter((cell) => cell.textContent.trim() === '').length);
    expect(empty).toBe(0);
    expect(await page.locator('.cell-failed').innerText()).toContain('expected a WebGPU adapter');
    await page.close();
  });

  test('opens a cell by keys alone, reads its pixels, and goes back', async () => {
    const { page } = await opened();
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.classList.contains('cell'))) break;
    }
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      'Guided BackProp on tfjs:cpu',
    );
    expect(decodeURIComponent(new URL(page.url()).hash)).toBe(
      '#network=default&backend=node+tfjs:cpu&method=guided-backprop',
    );
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.map-reading').innerText()).toMatch(
      /row 15, column 16\s+reference −?\d/,
    );
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(
      /^Guided BackProp on tfjs:cpu: 3\.9e-7/,
    );
    await page.close();
  });

  test('goes through a column that did not run, and keeps its row', async () => {
    const { page } = await opened();
    await page.locator('.cell[data-column="chromium gpujs:webgl2"][data-row="lrp-0"]').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('#details-heading').innerText()).toContain('gpujs:webgpu');
    expect(await page.locator('#details .reason').innerText()).toContain(
      'expected a WebGPU adapter',
    );
    await page.keyboard.press('ArrowLeft');
    expect(await page.locator('#details-heading').innerText()).toBe('LRP-0 on gpujs:webgl2');
    await page.close();
  });

  test('a link opens its cell', async () => {
    const link = `${address}#network=default&backend=node+onnx:node&method=deeptaylor`.replace(
      'deeptaylor',
      'deep-taylor',
    );
    const { page } = await opened({}, link);
    expect(await page.locator('#details-heading').innerText()).toBe('Deep Taylor on onnx:node');
    await page.close();
  });

  test('shows free gates, another batch and one host', async () => {
    const { page } = await opened();
    const cell = page.locator('.cell[data-row="gradient"]').first();
    const before = await cell.locator('.cell-error').innerText();
    const time = await cell.locator('.cell-time').innerText();
    await page.getByRole('radio', { name: 'Free gates' }).click();
    expect(await cell.locator('.cell-error').innerText()).not.toBe(before);
    await page.getByRole('radio', { name: '16' }).click();
    expect(await cell.locator('.cell-time').innerText()).not.toBe(time);
    await page.getByLabel('Host').selectOption('chromium');
    expect(await page.locator('.matrix .backend-name').allInnerTexts()).toEqual([
      'onnx:wasm',
      'tfjs:webgl',
      'gpujs:webgl2',
      'gpujs:webgpu',
    ]);
    await page.close();
  });

  test('shows markup in a report as text', async () => {
    const evil = '<img src=x onerror="document.title=1">';
    const report = sampleReport();
    const network = report.networks[0]!;
    const [first, ...rest] = network.backends;
    const failure = { kind: 'failed', reason: evil, cause: evil } as const;
    const { page, problems } = await opened(
      {},
      built.write({
        ...report,
        networks: [
          {
            ...network,
            name: evil,
            backends: [{ ...first!, backend: evil, methods: [], failure }, ...rest],
          },
        ],
      }),
    );
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe('PatternLens benchmark');
    expect(problems).toEqual([]);
    await page.close();
    built.write(report);
  });

  test('without a report it opens one, and says what is wrong with others', async () => {
    const { page, problems } = await opened({ width: 360 }, built.write(null));
    expect(await page.locator('h1').innerText()).toBe('Benchmark of backends');
    expect(await axeFindings(page)).toEqual([]);
    await page.setInputFiles('input[type=file]', built.file('bad.json', '{}'));
    await page.getByText('expected a report of a PatternLens benchmark').waitFor();
    await page.setInputFiles(
      'input[type=file]',
      built.file('good.json', JSON.stringify(sampleReport())),
    );
    await page.locator('.verdict').waitFor();
    expect(problems).toEqual([]);
    await page.close();
    built.write(sampleReport());
  });

  test('downloads the report, and keeps words where colours are forced', async () => {
    const { page, problems } = await opened({ forced: true });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByText('Download JSON').click(),
    ]);
    expect(download.suggestedFilename()).toBe('patternlens-benchmark-2026-11-23.json');
    expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(sampleReport())),
    );
    expect(problems).toEqual([]);
    await page.close();
  });
});
