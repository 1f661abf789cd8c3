import { createExplainer, fitPatterns, resolveNetwork, type PatternSet } from '@patternlens/core';
import { type LineChart, type MetricContext } from '@patternlens/core/metrics';
import { isFitted, neuronLayout } from '@patternlens/core/network';
import { readRecord } from '@patternlens/core/tensor';
import {
  bootstrap,
  measureDegradation,
  measureQuality,
  type Degradation,
} from '@patternlens/evaluate';
import { renderChart } from '@patternlens/heatmap';
import { methodGrid } from './method-grid.js';
import {
  ORDERS,
  RHO_ESTIMATORS,
  type DegradationNumbers,
  type LayerRho,
  type NetworkNumbers,
  type Order,
} from './numbers.js';
import type { Bench, Subject } from './subject.js';

/** What was measured on one network, with its figures as SVG. */
export interface MeasuredNetwork {
  readonly numbers: NetworkNumbers;
  readonly about: string;
  readonly samples: Readonly<Record<'fit' | 'regress' | 'test' | 'degraded', number>>;
  readonly seconds: Readonly<Record<string, number>>;
  /** What was left out, and why. */
  readonly notes: readonly string[];
  readonly figures: readonly { readonly title: string; readonly svg: string }[];
}

const ESTIMATOR_NAMES = {
  random: 'S_r',
  filter: 'S_w',
  linear: 'S_a',
  'two-component': 'S_a+-',
} as const;

const ORDER_METHODS: Readonly<Record<Exclude<Order, 'random'>, string>> = {
  S_a: 'pattern-attribution:estimator=linear',
  S_w: 'pattern-attribution:estimator=filter',
  // Where layers have biases, dividing by sums without them (LRP-0) makes S_x much worse than it is as a product.
  S_x: 'input-x-gradient',
  'S_a+-': 'pattern-attribution:estimator=two-component',
};

async function rhoOf(
  { network, regress, test, widest }: Subject,
  patterns: PatternSet,
  { backend, product, seed }: Bench,
): Promise<{ rho: LayerRho[]; notes: string[] }> {
  const layers = resolveNetwork(network).layers.filter(isFitted);
  const narrow = layers.filter((layer) => neuronLayout(layer).inputs <= widest);
  const { layers: measured, notes } = await measureQuality(
    network,
    { regress, test },
    {
      backend,
      patterns,
      product,
      seed,
      estimators: RHO_ESTIMATORS,
      layers: narrow.map(({ name }) => name),
    },
  );
  const wide = layers.length - narrow.length;
  return {
    rho: measured.map((layer) => ({
      layer: layer.layer,
      kind:
        layers.find(({ name }) => name === layer.layer)!.kind === 'dense' ? 'dense' : 'convolution',
      dimensions: layer.dimensions,
      neurons: layer.neurons,
      dead: layer.dead,
      samples: layer.samples,
      heldOutSamples: layer.heldOutSamples,
      values: Object.fromEntries(
        RHO_ESTIMATORS.map((id) => [id, layer.estimators[id]!.heldOut.values]),
      ) as LayerRho['values'],
    })),
    notes: [
      ...notes,
      ...(wide > 0
        ? [
            `rho: ${wide} of ${layers.length} layers have more than ${widest} inputs a neuron and were left out.`,
          ]
        : []),
    ],
  };
}

function rhoChart(title: string, rho: readonly LayerRho[]): LineChart {
  const x = rho.map((_, at) => at);
  return {
    id: 'rho',
    title: `${title}: quality of signal estimators`,
    xLabel: 'layer',
    yLabel: 'rho, mean over neurons',
    categories: rho.map(({ layer }) => layer),
    yRange: [0, 1],
    series: RHO_ESTIMATORS.map((id) => {
      const means = rho.map(({ values }) => bootstrap(values[id], 0));
      return {
        name: ESTIMATOR_NAMES[id],
        x,
        y: means.map(({ mean }) => mean),
        low: means.map(({ low }) => low),
        high: means.map(({ high }) => high),
        ...(id === 'random' ? { baseline: true } : {}),
      };
    }),
    notes: [
      'Correlations on samples that neither patterns nor v have seen. Bands: bootstrap over neurons, 95 %. S_x has no distractor, so it has no rho.',
    ],
  };
}

const numbersOf = (found: Degradation): DegradationNumbers => ({
  patch: found.parameters.patch,
  steps: found.steps,
  grid: found.grid,
  aopc: Object.fromEntries(
    ORDERS.map((order) => {
      const summary = order === 'random' ? found.random : found.methods.get(ORDER_METHODS[order])!;
      return [order, summary.perSample.map(({ aopc }) => aopc)];
    }),
  ) as unknown as DegradationNumbers['aopc'],
});

function degradationChart(title: string, found: Degradation): LineChart {
  return {
    id: 'degradation',
    title: `${title}: degradation, most relevant patches first`,
    xLabel: `patches of ${found.parameters.patch} x ${found.parameters.patch} replaced by their mean colours`,
    yLabel: 'score of the predicted class',
    series: ORDERS.map((order) => {
      const summary = order === 'random' ? found.random : found.methods.get(ORDER_METHODS[order])!;
      return {
        name: order,
        x: summary.curve.map((_, step) => step),
        y: summary.curve,
        low: summary.low,
        high: summary.high,
        ...(order === 'random' ? { baseline: true } : {}),
      };
    }),
    notes: [`${found.samples.length} images. Bands: bootstrap over images, 95 %. Lower is better.`],
  };
}

/** The sum of PatternAttribution over the explained value, sample by sample. */
async function sumsOf(
  { network, degraded, batch }: Subject,
  patterns: PatternSet,
  { backend }: Bench,
): Promise<number[]> {
  const input = network.inputs[0]!.name;
  await using explainer = await createExplainer(network, {
    backend,
    method: 'pattern-attribution',
    patterns,
  });
  const sums: number[] = [];
  for (let first = 0; first < degraded.count; first += batch) {
    const size = Math.min(batch, degraded.count - first);
    const samples = await readRecord(network, degraded.read(first, size));
    const { relevanceByInput, exponents, explained } = await explainer.explain(samples);
    const { data } = relevanceByInput[input]!;
    const each = data.length / size;
    for (let sample = 0; sample < size; sample++) {
      let sum = 0;
      for (let at = sample * each; at < (sample + 1) * each; at++) sum += data[at]!;
      sums.push((sum * 2 ** exponents[sample]!) / explained[sample]!);
    }
  }
  return sums;
}

/** What the paper compares by degradation: the input times the gradient, and attribution by three estimators. */
const DEGRADED_METHODS: MetricContext['methods'] = [
  'input-x-gradient',
  ...(['linear', 'filter', 'two-component'] as const).map((estimator) => ({
    id: 'pattern-attribution' as const,
    estimator,
  })),
];

/** Fits patterns and measures a network: rho, degradation, sums of relevance, and the grid of methods. */
export async function measureNetwork(subject: Subject, bench: Bench): Promise<MeasuredNetwork> {
  const { id, title, network, degraded, patch, steps, batch } = subject;
  const { backend, renderer, seed, say } = bench;
  const seconds: Record<string, number> = {};
  const timed = async <T>(what: string, run: () => Promise<T>): Promise<T> => {
    say(`${title}: ${what}`);
    const begin = performance.now();
    const result = await run();
    seconds[what] = (performance.now() - begin) / 1000;
    return result;
  };
  const patterns = await timed('patterns', () => fitPatterns(network, subject.fit, { backend }));
  const { rho, notes } = await timed('rho', () => rhoOf(subject, patterns, bench));
  const context: MetricContext = {
    network: resolveNetwork(network),
    backend,
    patterns,
    seed,
    batch,
    methods: DEGRADED_METHODS,
    data: {
      count: degraded.count,
      read: (first, count) => readRecord(network, degraded.read(first, count)),
    },
  };
  const found = await timed('degradation', () =>
    measureDegradation(context, { patch, steps, leastEvery: 0 }),
  );
  const complete = found.methods.size === ORDERS.length - 1;
  const sums = await timed('sums', () => sumsOf(subject, patterns, bench));
  const grid = await timed('grid', () => methodGrid(subject, patterns, bench));
  return {
    numbers: { id, title, rho, degradation: complete ? numbersOf(found) : null, sums },
    about: subject.about,
    samples: {
      fit: subject.fit.count,
      regress: subject.regress.count,
      test: subject.test.count,
      degraded: degraded.count,
    },
    seconds,
    notes: [...notes, ...found.warnings, ...grid.leftOut],
    figures: [
      { title: 'rho by layer (figure 3)', svg: renderChart(rhoChart(title, rho), renderer).svg },
      ...(complete
        ? [
            {
              title: 'degradation (figure 4)',
              svg: renderChart(degradationChart(title, found), renderer).svg,
            },
          ]
        : []),
      { title: 'methods by images (figures 1 and 6)', svg: grid.svg },
    ],
  };
}
