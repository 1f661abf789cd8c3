import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { NO_SITE, openSite, untilTrue, type OpenedSite } from '../testing/opened-site.js';

const maybe = NO_SITE === undefined ? describe : describe.skip;
const AXE = createRequire(__filename).resolve('axe-core/axe.min.js');

interface Told {
  readonly status: string;
  readonly runs: number;
  readonly sample: { readonly index: number };
  readonly target: { readonly index?: number; readonly name: string; readonly layer?: string };
  readonly methods: readonly {
    readonly id: string;
    readonly status: string;
    readonly reason?: string;
  }[];
  readonly error: { readonly sentence: string } | null;
}

const stateOf = (page: Page): Promise<Told> => page.evaluate<Told>('patternlens.state()');
const idle = (page: Page): Promise<unknown> => page.evaluate('patternlens.idle()');
const methodsOf = async (page: Page): Promise<string[]> =>
  (await stateOf(page)).methods.map(({ id, status }) => `${id} ${status}`);

/** Serious and critical findings, by rule and element. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(AXE, 'utf8'));
  return page.evaluate<string[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`,
  );
}

maybe('the view Explain', () => {
  let site: OpenedSite;
  beforeAll(async () => {
    site = await openSite();
  }, 60_000);
  afterAll(() => site[Symbol.asyncDispose]());

  it('explains classes by click and key, goes back and forth, and follows the address', async () => {
    const { page, check } = await site.open({ hash: '#methods=gradient,pattern-attribution&x=1' });
    const boot = page.getByRole('button', { name: 'Explain boot', exact: true });
    const cross = page.getByRole('button', { name: 'Explain cross', exact: true });
    expect(await boot.getAttribute('aria-pressed')).toBe('true');
    await cross.click();
    await idle(page);
    expect((await stateOf(page)).target.name).toBe('cross');
    expect(await cross.getAttribute('aria-pressed')).toBe('true');
    // cross is the least likely class of this sample.
    await page.keyboard.press('[');
    await idle(page);
    expect((await stateOf(page)).target.name).toBe('bracket');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await idle(page);
    expect((await stateOf(page)).target.name).toBe('boot');
    await page.keyboard.press('Control+Shift+z');
    await idle(page);
    expect((await stateOf(page)).target.name).toBe('cross');
    await page.evaluate(`location.hash = '#i=3&target=plus&methods=gradient,nonsense&map=jet&x=1'`);
    await idle(page);
    const state = await stateOf(page);
    expect([state.sample.index, state.target.name]).toEqual([3, 'plus']);
    expect(await page.getByRole('status').innerText()).toContain('"nonsense" is not known here');
    expect(page.url()).toMatch(/i=3&target=plus&methods=gradient&.*map=bwr.*x=1/);
    check();
    await page.context().close();
  }, 60_000);

  it('changes looks without a run, and reads all maps at one pixel', async () => {
    const { page, check } = await site.open({ hash: '#methods=gradient,pattern-attribution' });
    const { runs } = await stateOf(page);
    const figure = page.getByRole('figure', { name: 'PatternAttribution' });
    const shown = (): Promise<string> =>
      figure.locator('canvas').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
    const pictures = [await shown()];
    const changes = [
      () => page.getByRole('combobox', { name: 'Colours' }).selectOption('PuOr'),
      () => page.getByRole('slider', { name: 'Quantile' }).fill('90'),
      () => page.getByRole('radio', { name: 'Overlay' }).check({ force: true }),
      () => page.getByRole('slider', { name: 'Overlay strength' }).fill('0.3'),
      () => page.getByRole('checkbox', { name: 'Hatch negatives' }).check(),
      () => page.getByRole('radio', { name: 'Swipe' }).check({ force: true }),
    ];
    for (const change of changes) {
      await change();
      await page.evaluate(
        'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
      );
      pictures.push(await shown());
    }
    expect(new Set(pictures).size).toBe(pictures.length);
    expect((await stateOf(page)).runs).toBe(runs);
    await figure.locator('.stage').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowUp');
    const relevance = await page.evaluate<number>(
      `(() => { const { data } = patternlens.relevance('pattern-attribution'); return data[9] + data[256 + 9] + data[512 + 9]; })()`,
    );
    const reading = await page.getByRole('status').innerText();
    expect(reading).toContain('row 1, column 10');
    const said = /PatternAttribution ([+−][\d.e-]+)/.exec(reading)![1]!;
    // Three digits are said.
    expect(Math.abs(Number(said.replace('−', '-')) / relevance - 1)).toBeLessThan(0.006);
    expect(reading).toContain('distractor');
    await page.keyboard.press('f');
    await page.getByRole('dialog', { name: 'Full view of PatternAttribution' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog[open]').count()).toBe(0);
    check();
    await page.context().close();
  }, 60_000);

  it('ticks methods by key, takes them twice, and says what targets there are not', async () => {
    const { page, check } = await site.open({ hash: '#methods=gradient,lrp-gamma' });
    await page.keyboard.press('3');
    await idle(page);
    expect(await methodsOf(page)).toEqual(['gradient done', 'deconvnet done', 'lrp-gamma done']);
    await page.keyboard.press('3');
    const settings = page.locator('.method', { has: page.locator('#method-lrp-gamma') });
    await settings.locator('summary').click();
    await settings.getByRole('button', { name: 'Add again' }).click();
    await idle(page);
    expect(await methodsOf(page)).toEqual([
      'gradient done',
      'lrp-gamma done',
      'lrp-gamma:gamma=0.5 done',
    ]);
    await page.getByRole('figure', { name: 'LRP-gamma (gamma 0.5)' }).waitFor();
    const target = page.getByRole('textbox', { name: 'Target' });
    await target.fill('<b>nobody</b>');
    await target.press('Enter');
    await page.getByText('“<b>nobody</b>” is no class of this model.').waitFor();
    await target.fill('conv1/3@0,4');
    await target.press('Enter');
    await idle(page);
    const state = await stateOf(page);
    expect(state.target).toMatchObject({ layer: 'conv1', channel: 3, position: [0, 4] });
    await page.getByRole('listbox', { name: 'Samples' }).locator('[tabindex="0"]').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    await idle(page);
    expect((await stateOf(page)).sample.index).toBe(23);
    check();
    await page.context().close();
  }, 60_000);

  it('asks before what takes long, cancels what runs, and starts it again', async () => {
    const { page, check } = await site.open({ hash: '#methods=gradient', idle: true });
    const take = (methods: string): Promise<unknown> =>
      page.evaluate(`location.hash = '#methods=${methods}'`);
    await take('gradient,integrated-gradients:steps=900000');
    await idle(page);
    const [, held] = (await stateOf(page)).methods;
    expect(held).toMatchObject({ status: 'refused' });
    expect(held!.reason).toMatch(
      /^About \d+ minutes on this backend\. Run anyway, or take Gradient\.$/,
    );
    await page.getByRole('button', { name: 'Run anyway' }).click();
    await page.getByText(/\d+ of 90000\d/).waitFor();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await idle(page);
    await page.getByText(/cancelled after \d+ of 90000\d steps/).waitFor();
    await page.getByRole('button', { name: 'Run again' }).click();
    await untilTrue(page, `patternlens.state().status === 'working'`);
    await page.keyboard.press('Escape');
    await idle(page);
    expect(await methodsOf(page)).toEqual([
      'gradient done',
      'integrated-gradients:steps=900000 cancelled',
    ]);
    check();
    await page.context().close();
  }, 60_000);

  it('goes on after a worker that died', async () => {
    const { page } = await site.open({ hash: '#methods=gradient,pattern-attribution' });
    // What the page asks of its worker is answered by an error, as a browser tells it of a worker that it ended.
    await page.evaluate(`{
      const { postMessage } = Worker.prototype;
      globalThis.mend = () => { Worker.prototype.postMessage = postMessage; };
      Worker.prototype.postMessage = function () {
        this.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
      };
    }`);
    await page.getByRole('button', { name: 'Explain plus', exact: true }).click();
    await idle(page);
    const { methods } = await stateOf(page);
    expect(methods[0]).toMatchObject({
      status: 'failed',
      reason: 'Not enough memory for this model on this device.',
    });
    const figure = page.getByRole('figure', { name: 'Gradient' });
    await figure.getByText('In the runtime', { exact: false }).waitFor();
    await page.evaluate(`mend()`);
    await figure.getByRole('button', { name: 'Run again' }).click();
    await idle(page);
    expect((await methodsOf(page))[0]).toBe('gradient done');
    await page.context().close();
  }, 60_000);

  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
    ['dark', 390],
    ['light', 320],
  ] as const)(
    'has no serious finding in %s at %p pixels, and no sideways scroll',
    async (colorScheme, width) => {
      const { page, check } = await site.open({
        viewport: { width, height: 844 },
        colorScheme,
        reducedMotion: 'reduce',
      });
      expect(await findings(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      if (width < 640) {
        await page
          .getByRole('combobox', { name: 'Method shown' })
          .selectOption('pattern-attribution');
        const figure = page.getByRole('figure', { name: 'PatternAttribution' });
        await untilTrue(
          page,
          `Math.abs(document.querySelector('figure[data-method=pattern-attribution]').getBoundingClientRect().left - 16) < 2`,
        );
        expect(await figure.locator('canvas').isVisible()).toBe(true);
        await page.getByRole('button', { name: 'Look and methods' }).click();
        expect(await findings(page)).toEqual([]);
        await page.keyboard.press('Escape');
        expect(await page.getByRole('slider', { name: 'Quantile' }).isVisible()).toBe(false);
      }
      check();
      await page.context().close();
    },
    60_000,
  );
});
