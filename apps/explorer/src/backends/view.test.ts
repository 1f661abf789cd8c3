import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { NO_SITE, openSite, type OpenedSite } from '../testing/opened-site.js';

const maybe = NO_SITE === undefined ? describe : describe.skip;
jest.setTimeout(120_000);

interface Told {
  readonly id: string;
  readonly status: string;
  readonly ms: number | null;
  readonly equalGates: number | null;
  readonly flips: number | null;
  readonly reason?: string;
}

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** gpu.js says to the console too what it throws. */
const expected = /compiling the javascript:.*EvalError/;
const METHODS = 'methods=gradient,pattern-attribution';
const told = (page: Page): Promise<Told[]> => page.evaluate('patternlens.state().backends');

/** The policy of the page lets functions be asked again and again, not text. */
declare const patternlens: { readonly state: () => { readonly backends: Told[] } };

const settled = (page: Page, ids: readonly string[]) =>
  page.waitForFunction((wanted) => {
    const { backends } = patternlens.state();
    const isThese = backends.map(({ id }) => id).join(' ') === wanted;
    return isThese && backends.every(({ status }) => status !== 'pending');
  }, ids.join(' '));

const shows = (page: Page, selector: string, text: string) =>
  page.waitForFunction(
    ([at, wanted]) => new RegExp(wanted!).test(document.querySelector(at!)?.textContent ?? ''),
    [selector, text],
  );

async function tick(page: Page, ...ids: string[]): Promise<void> {
  await page.getByRole('button', { name: 'none', exact: true }).click();
  for (const id of ids) await page.getByRole('checkbox', { name: id, exact: true }).check();
}

async function compare(page: Page, ...ids: string[]): Promise<Told[]> {
  await tick(page, ...ids);
  await page.getByRole('button', { name: 'Compare backends' }).click();
  await settled(page, ids);
  await page.evaluate('patternlens.idle()');
  return told(page);
}

const serious = async (page: Page): Promise<string[]> => {
  // The policy of the page forbids scripts of others; the tool comes from outside.
  await page.evaluate(AXE);
  return page.evaluate(`axe.run('#view-backends').then(({ violations }) =>
    violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => id + ': ' + nodes[0].html))`);
};

maybe('backends side by side', () => {
  let site: OpenedSite;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site[Symbol.asyncDispose]());

  it('gives the same explanation on each, and says why one gives none', async () => {
    const { page, check } = await site.open({ hash: `#view=backends&${METHODS}`, expected });
    expect(
      await page
        .locator('.backend-tick input:checked')
        .evaluateAll((all) => all.map((each) => each.closest('label')!.textContent.trim())),
    ).toEqual(['onnx:wasm', 'tfjs:wasm', 'gpujs:wasm']);
    const results = await compare(page, 'onnx:wasm', 'tfjs:wasm', 'gpujs:wasm', 'gpujs:cpu');
    check();
    expect(results.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'onnx:wasm done',
      'tfjs:wasm done',
      'gpujs:wasm done',
      'gpujs:cpu lacking',
    ]);
    for (const { equalGates, ms, flips } of results.slice(0, 3)) {
      expect(equalGates).toBeGreaterThan(0);
      expect(equalGates).toBeLessThan(1e-4);
      expect(ms).toBeGreaterThan(0);
      expect(flips).toBeGreaterThanOrEqual(0);
    }
    expect(results[3]!.reason).toBe(
      "gpujs:cpu makes kernels from text, which this page's policy forbids. gpujs:wasm does the same work.",
    );
    const table = page.getByRole('table', { name: 'Backends' });
    for (const { id, reason } of results) {
      const row = table
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name: id, exact: true }) });
      expect(await row.locator('canvas').count()).toBe(reason === undefined ? 2 : 0);
      if (reason !== undefined) expect(await row.textContent()).toContain(reason);
    }
    expect((await page.locator('.verdict').textContent())!.trim()).toMatch(
      /^3 of 3 backends give the same explanation \(largest difference \d.*e-\d under equal gates; .*\)\. gpujs:cpu can't run here\.$/,
    );
    // What programs outside read is what each of them computed.
    const [reference, own] = await page.evaluate<[number[], number[]]>(
      `['reference', 'onnx:wasm'].map((id) => Array.from(patternlens.relevance('pattern-attribution', id).data))`,
    );
    const off =
      Math.hypot(...own.map((value, at) => value - reference[at]!)) / Math.hypot(...reference);
    expect(off).toBeGreaterThan(0);
    expect(off).toBeLessThan(1e-4);
    expect(
      await page.evaluate(`patternlens.relevance('pattern-attribution', 'gpujs:cpu')`),
    ).toBeUndefined();

    // `b` swaps two maps while it is held; the arrows move one cursor over all.
    const name = page.locator('.blink-name');
    expect(await name.textContent()).toBe('onnx:wasm');
    await page.locator('.blink-stage').focus();
    await page.keyboard.down('b');
    expect(await name.textContent()).toBe('reference');
    await page.keyboard.up('b');
    expect(await name.textContent()).toBe('onnx:wasm');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.stage .ring').count()).toBe(await page.locator('.stage').count());
    expect(await page.locator('#status').getByRole('status').textContent()).toMatch(
      /row \d+, column \d+: reference .*tfjs:wasm .*off by/,
    );

    // The report shows itself anywhere.
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'As a benchmark report' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('default.backends.html');
    const file = `${await download.path()}.html`;
    await download.saveAs(file);
    const report = await page.context().newPage();
    await report.goto(`file://${file}`);
    expect(await report.locator('body').textContent()).toContain('3 of 4 backends agree');
    await report.close();

    // The chip is the row of the backend in use, which changes only by a click.
    await page.getByRole('button', { name: 'Use gpujs:wasm' }).click();
    await page.evaluate('patternlens.idle()');
    const state = await page.evaluate<{
      backend: { id: string; note: string };
      methods: { backend: string }[];
    }>('patternlens.state()');
    expect(state.backend).toMatchObject({
      id: 'gpujs:wasm',
      note: expect.stringContaining('gpu.js') as string,
    });
    expect(state.methods.map(({ backend }) => backend)).toEqual(['gpujs:wasm', 'gpujs:wasm']);
    await shows(page, '.chip', '= float64 .*e-');
    check();
    await page.context().close();
  });

  it('keeps the results of others where a worker dies or the context is lost, and can be cancelled', async () => {
    const { page } = await site.open({ hash: `#view=backends&${METHODS}` });
    // Whatever uses WebGL in a worker loses its context once it computes.
    const losing = (async () => {
      const before = new Set(page.workers());
      for (;;) {
        const made = await page.waitForEvent('worker');
        if (before.has(made)) continue;
        await made
          .evaluate(() => {
            const { prototype } = OffscreenCanvas;
            // eslint-disable-next-line @typescript-eslint/unbound-method
            const { getContext } = prototype;
            prototype.getContext = function (this: OffscreenCanvas, ...given: [never]) {
              const context = getContext.apply(this, given) as WebGL2RenderingContext | null;
              setTimeout(() => context?.getExtension('WEBGL_lose_context')?.loseContext(), 300);
              return context;
            } as never;
          })
          .catch(() => undefined);
      }
    })();
    losing.catch(() => undefined);
    const results = await compare(page, 'tfjs:wasm', 'tfjs:webgl');
    expect(results.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'tfjs:wasm done',
      'tfjs:webgl failed',
    ]);
    expect(results[1]!.reason).toBe(
      'The graphics device was lost while tfjs:webgl ran. Run it again, or continue on tfjs:wasm.',
    );

    // A worker that ends without a word.
    const before = new Set(page.workers());
    await tick(page, 'gpujs:wasm', 'tfjs:wasm');
    await page.getByRole('button', { name: 'Compare backends' }).click();
    await shows(page, '.compare-actions', 'gpujs:wasm: gradient');
    for (const worker of page.workers())
      if (!before.has(worker))
        void worker
          .evaluate(() => {
            if (performance.getEntriesByType('resource').some(({ name }) => name.includes('gpujs')))
              close();
          })
          .catch(() => undefined);
    await settled(page, ['tfjs:wasm', 'gpujs:wasm']);
    const [dead, alive] = await told(page);
    expect(dead).toMatchObject({ id: 'tfjs:wasm' });
    expect(alive).toMatchObject({ id: 'gpujs:wasm', status: 'failed' });
    expect(alive!.reason).toMatch(/^The worker that computes stopped/);

    // Cancel ends the worker in use; what was not compared says so.
    await tick(page, 'tfjs:wasm', 'tfjs:cpu');
    await page.getByRole('button', { name: 'Compare backends' }).click();
    await shows(page, '.compare-actions', 'tfjs:wasm');
    await page.locator('.compare-actions').getByRole('button', { name: 'Cancel' }).click();
    await page.evaluate('patternlens.idle()');
    expect(await told(page)).toMatchObject([
      { id: 'tfjs:wasm', status: 'failed', reason: 'The comparison was cancelled.' },
      { id: 'tfjs:cpu', status: 'failed', reason: 'The comparison was cancelled.' },
    ]);
    expect(await page.locator('.verdict').textContent()).toContain(
      'tfjs:wasm and tfjs:cpu are not compared: it was cancelled.',
    );
    await page.context().close();
  });

  it('offers the way on where the backend that a link asks for fails', async () => {
    const context = await site.browser.newContext();
    const page = await context.newPage();
    await page.goto(`${site.url}#backend=gpujs:cpu&methods=gradient`);
    await page.getByRole('alert').getByText("which this page's policy forbids").waitFor();
    await page.getByRole('button', { name: 'Continue on tfjs:wasm' }).click();
    await page.waitForFunction(
      () =>
        (globalThis as { patternlens?: { state: () => { status: string } } }).patternlens?.state()
          .status === 'ready',
    );
    expect(await page.evaluate('patternlens.state().backend.id')).toBe('tfjs:wasm');
    await context.close();
  });

  it.each([
    { width: 1440, colorScheme: 'light' as const },
    { width: 390, colorScheme: 'dark' as const },
  ])('has no barrier at $width pixels, $colorScheme', async ({ width, colorScheme }) => {
    const { page, check } = await site.open({
      hash: '#view=backends&methods=gradient',
      expected,
      viewport: { width, height: 844 },
      colorScheme,
    });
    await compare(page, 'tfjs:wasm', 'gpujs:cpu');
    expect(await serious(page)).toEqual([]);
    expect(
      await page.evaluate('document.documentElement.scrollWidth - innerWidth'),
    ).toBeLessThanOrEqual(0);
    check();
    await page.context().close();
  });
});
