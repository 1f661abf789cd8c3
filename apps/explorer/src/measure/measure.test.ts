import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readOnnx } from '@patternlens/adapter-onnx';
import { METHODS, resolveNetwork } from '@patternlens/core';
import { DEFAULT_NETWORK } from '@patternlens/data';
import { measureDegradation } from '@patternlens/evaluate';
import { referenceBackend } from '@patternlens/reference';
import type { Page } from 'playwright-core';
import type { MeasuredDegradation } from '../compute/calls/measure-messages.js';
import { predict } from '../compute/calls/predict.js';
import { createSession, type Session } from '../compute/session.js';
import { parseMethods } from '../state/chosen-method.js';
import { NO_SITE, openSite, untilTrue, type OpenedSite } from '../testing/opened-site.js';
import { giveTo } from '../testing/page-state.js';
import { photoModel } from '../testing/small-layers-models.js';
import { metricContext } from './metric-context.js';
import { runCascade } from './run-cascade.js';
import { runDegradation } from './run-degradation.js';
import { strongest } from './strongest.js';

const maybe = NO_SITE === undefined ? describe : describe.skip;

/** What a worker with the bundled network and the reference holds. */
async function session(): Promise<Session> {
  const network = resolveNetwork(await readOnnx(readFileSync(DEFAULT_NETWORK.url)));
  const made = createSession();
  made.model = { network, methods: METHODS };
  made.backend = referenceBackend();
  return made;
}

const ASKED = {
  samples: { generated: { seed: 7, first: 0 }, count: 2 },
  methods: parseMethods('gradient,lrp-gamma:gamma=0.5,lrp-gamma:gamma=1'),
  patch: 8,
};
const context = {
  signal: new AbortController().signal,
  progress: () => undefined,
  handOver: () => undefined,
};

describe('what the worker measures', () => {
  it('is what the metrics measure, methods by the texts of the page', async () => {
    const held = await session();
    const found = await runDegradation(held, ASKED, context);
    const { context: given } = metricContext(held, ASKED, context);
    const expected = await measureDegradation(given, { patch: 8, leastEvery: 0 });
    const texts = ASKED.methods.map(({ text }) => text);
    expect([...found.methods.keys()]).toEqual(texts);
    expect([...found.orders.keys()]).toEqual(texts);
    expect([...found.methods.values()]).toEqual([...expected.methods.values()]);
    expect(found.pairs[0]).toMatchObject({ first: texts[0], second: texts[1] });
    expect(found.steps).toBe(4);
  }, 60_000);

  it('has maps of each stage of the cascade, and the class of the trained network', async () => {
    const held = await session();
    const methods = parseMethods('gradient');
    const inputs = {
      [held.model!.network.inputs[0]!.name]: await metricContext(held, ASKED, context)
        .context.data.read(0, 1)
        .then((record) => Object.values(record)[0]!),
    };
    const asked = { ...ASKED, methods, inputs, refit: undefined, shown: ['gradient'] };
    const { layers, runs, shown, target } = await runCascade(held, asked, context);
    expect(runs.map(({ method }) => method)).toEqual(['gradient']);
    expect(runs[0]!.stages.map(({ layer }) => layer)).toEqual(layers);
    expect(shown[0]!.maps).toHaveLength(layers.length + 1);
    expect(target).toBe(strongest((await predict(held, inputs)).data));
    const norms = shown[0]!.maps.map((map) =>
      Array.from(map!.data).reduce((sum, value) => sum + value ** 2, 0),
    );
    expect(new Set(norms).size).toBe(layers.length + 1);
  }, 60_000);
});

interface Told {
  readonly degradation: { method: string; step: number; steps: number; score: number } | null;
  readonly cascade: readonly { layer: string; similarity: number }[] | null;
}

const told = (page: Page): Promise<Told> => page.evaluate('patternlens.state()');

/** Colours of the image that is shown. */
const coloursOf = (page: Page): Promise<number> =>
  page.evaluate(`(() => {
    const canvas = document.querySelector('.degraded canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  })()`);

const fill = async (page: Page, name: string, value: number): Promise<void> => {
  const field = page.getByRole('spinbutton', { name });
  await field.fill(String(value));
  await field.press('Tab');
};

/** Findings of axe that keep people out. */
async function severe(page: Page): Promise<string[]> {
  const axe = createRequire(__filename).resolve('axe-core/axe.min.js');
  await page.evaluate(readFileSync(axe, 'utf8'));
  return page.evaluate(
    `axe.run('#view-measure').then(({ violations }) =>
      violations.filter(({ impact }) => ['serious', 'critical'].includes(impact))
        .map(({ id, nodes }) => id + ' ' + nodes.map(({ target }) => target).join(' ')))`,
  );
}

maybe('measuring in the page', () => {
  let site: OpenedSite;
  let expected: MeasuredDegradation;
  beforeAll(async () => {
    site = await openSite();
    const asked = { ...ASKED, methods: parseMethods('gradient'), patch: 4 };
    expected = await runDegradation(await session(), asked, context);
  }, 60_000);
  afterAll(() => site[Symbol.asyncDispose]());

  it('degrades images as the metric does, shows each step, and drops what is of other patterns', async () => {
    const { page, check } = await site.open({
      hash: '#view=measure&methods=gradient,guided-backprop',
    });
    await fill(page, 'Samples to measure on', 3);
    await fill(page, 'Side of a patch', 4);
    await page.getByRole('button', { name: 'Measure degradation' }).click();
    await untilTrue(page, 'patternlens.state().degradation !== null');
    const slider = page.getByRole('slider', { name: 'Patches removed' });
    const whole = await coloursOf(page);
    await slider.press('End');
    await slider.press('ArrowLeft');
    const { degradation } = await told(page);
    const curve = expected.methods.get('gradient')!.perSample[0]!.curve;
    expect(degradation).toMatchObject({ method: 'gradient', step: 15, steps: 16 });
    expect(degradation!.score).toBeCloseTo(curve[15]!, 4);
    // 15 patches have one colour each, the last has those of its 16 pixels.
    expect(await coloursOf(page)).toBeLessThanOrEqual(31);
    expect(whole).toBeGreaterThan(100);
    await page.getByRole('button', { name: 'Guided BackProp' }).click();
    const chart = (await page.locator('.curve-box svg').boundingBox())!;
    await page.mouse.click(chart.x + chart.width - 14, chart.y + 80);
    expect((await told(page)).degradation).toMatchObject({ method: 'guided-backprop', step: 16 });
    expect(await severe(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Fit' }).click();
    await fill(page, 'Samples to fit on', 16);
    await page.getByRole('button', { name: 'Fit patterns' }).click();
    await untilTrue(page, 'patternlens.state().degradation === null');
    check();
    await page.context().close();
  }, 90_000);

  it('randomises the layers from the top, and is cancelled', async () => {
    const { page, check } = await site.open({
      ...{ hash: '#view=measure&methods=pattern-attribution', colorScheme: 'dark' },
      viewport: { width: 390, height: 800 },
    });
    const button = page.getByRole('button', { name: 'Randomise from the top' });
    await button.press('Enter');
    await page.getByRole('progressbar', { name: 'Cascade' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('alert').filter({ hasText: 'Cancelled' }).waitFor();
    await fill(page, 'Samples to measure on', 3);
    await page.getByRole('checkbox', { name: /fit patterns again/ }).uncheck();
    await button.click();
    await untilTrue(page, 'patternlens.state().cascade !== null');
    const { cascade } = await told(page);
    const rows = page.getByRole('table', { name: 'Cascade' }).getByRole('row');
    expect(await rows.count()).toBe(cascade!.length + 1);
    expect(await rows.nth(1).innerText()).toContain(cascade![0]!.similarity.toFixed(2));
    expect(cascade![0]!.layer).toBe('dense2');
    expect(cascade!.every(({ similarity }) => similarity >= -1 && similarity <= 1)).toBe(true);
    expect(await page.locator('.strip canvas').count()).toBe(cascade!.length + 1);
    expect(await severe(page)).toEqual([]);
    const beyond = 'document.documentElement.scrollWidth - innerWidth';
    expect(await page.evaluate(beyond)).toBeLessThanOrEqual(0);
    await giveTo(page, 'Model files', photoModel());
    await untilTrue(page, 'patternlens.state().cascade === null');
    check();
    await page.context().close();
  }, 90_000);
});
