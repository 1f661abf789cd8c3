import {
  fitPatterns,
  PatternLensError,
  type PatternSet,
  type SampleSource,
} from '@patternlens/core';
import { type Metric, type MetricContext } from '@patternlens/core/metrics';
import { splitSamples } from '../context/split-samples.js';
import { measureQuality } from './measure-quality.js';
import { qualityChart } from './quality-chart.js';
import type { QualitySplits } from './quality-layers.js';
import type { LayerQuality } from './quality-report.js';
import { neuronTable, qualityTable, stabilityTable } from './quality-table.js';

/** Where patterns come from, and where v is fitted and tested. */
interface Splits extends QualitySplits {
  readonly fit?: SampleSource;
  /** How the samples were shared out, in a sentence. */
  readonly said: string;
}

/** Fewer samples than this can't be split. */
const LEAST = 3;

function splitsOf({ network, data, patterns, seed }: MetricContext): Splits {
  const given = data.splits;
  const counts = ({ fit, regress, test }: Omit<Splits, 'said'>): string =>
    `${fit ? `patterns from ${fit.count} samples` : 'patterns as given'}, v from ${regress.count}, correlations on ${test.count}`;
  if (given) {
    const splits = {
      regress: given.regress,
      test: given.test,
      ...(patterns || !given.fit ? {} : { fit: given.fit }),
    };
    return { ...splits, said: `${counts(splits)}.` };
  }
  if (data.count < LEAST)
    throw new PatternLensError(
      'evaluate',
      'empty-data',
      `quality: too little data to split in three: ${data.count} samples, at least ${LEAST} are needed.`,
    );
  const parts = splitSamples(network, data, patterns ? 2 : 3, seed);
  const [regress, test] = parts.slice(-2) as [SampleSource, SampleSource];
  const splits = { regress, test, ...(patterns ? {} : { fit: parts[0]! }) };
  return {
    ...splits,
    said: `${counts(splits)}: one source, split by seed ${seed}.`,
  };
}

function missing(): never {
  throw new PatternLensError(
    'evaluate',
    'missing-pattern',
    'quality: there are no patterns, and no samples to fit them on. Hand over patterns (--patterns FILE), or samples for them (--fit SOURCE).',
  );
}

async function patternsOf(
  context: MetricContext,
  { fit }: Splits,
  memory: number,
): Promise<PatternSet> {
  if (context.patterns) return context.patterns;
  const { network, backend, signal } = context;
  return fitPatterns(network, fit ?? missing(), {
    backend,
    memory,
    signal,
    onProgress: ({ done, total = 0 }) => {
      context.onProgress?.({ done, total, what: 'patterns' });
    },
  });
}

/** Layers in which an input hardly ever varies, so that a few samples decide. */
function unstable(layers: readonly LayerQuality[]): string[] {
  const named = layers.flatMap(({ layer, estimators, neurons, dead }) => {
    const largest = Math.max(
      0,
      ...Object.values(estimators).map((estimator) => estimator.unstable),
    );
    return largest === 0 ? [] : [`${layer} (${largest} of ${neurons - dead})`];
  });
  if (named.length === 0) return [];
  return [
    `unstable neurons, whose rho a small ridge changes by more than 1e-3, for inputs that hardly vary in one of the splits: ${named.join(', ')}. More samples help; quality-stability has the numbers with the ridge.`,
  ];
}

/** The quality criterion rho of signal estimators (Kindermans et al. 2017, section 3.2 and Figure 3). */
export const qualityMetric: Metric = {
  id: 'quality',
  parameters: {
    /** Names of layers, joined by `+`; left out: every linear layer. */
    layers: { text: true },
    /** Bytes of moments held at once. */
    memory: { default: 2e9, above: 0 },
    /** Layers with more inputs a neuron are measured for a subset of neurons. */
    dimensions: { default: 1728, whole: true, atLeast: 0 },
    /** Neurons of such a subset. */
    neurons: { default: 64, whole: true, atLeast: 1 },
  },
  needs: [],
  measure: async (context, parameters) => {
    const splits = splitsOf(context);
    const memory = parameters['memory'] as number;
    const { network, backend, seed, signal, product, onProgress } = context;
    const names = parameters['layers'];
    const { layers, notes } = await measureQuality(network, splits, {
      backend,
      patterns: await patternsOf(context, splits, memory),
      seed,
      signal,
      product,
      memory,
      dimensions: parameters['dimensions'] as number,
      neurons: parameters['neurons'] as number,
      onProgress,
      layers: names === undefined ? undefined : String(names).split('+'),
    });
    const dead = layers.reduce((sum, layer) => sum + layer.dead, 0);
    const neurons = layers.reduce((sum, layer) => sum + layer.neurons, 0);
    const said = [
      splits.said,
      ...(dead > 0 ? [`${dead} of ${neurons} neurons never fired and have no value.`] : []),
      ...unstable(layers),
      ...notes,
    ];
    return {
      json: {
        layers: layers.map(({ layer, weights, dimensions, samples, estimators, ...rest }) => ({
          layer,
          weights,
          dimensions,
          samples,
          neurons: rest.neurons,
          dead: rest.dead,
          estimators: Object.fromEntries(
            Object.entries(estimators).map(([id, { fit, heldOut }]) => [id, { fit, heldOut }]),
          ),
        })),
      },
      tables: [qualityTable(layers, said), stabilityTable(layers), neuronTable(layers)],
      charts: [qualityChart(layers, said)],
      warnings: [...unstable(layers), ...notes],
    };
  },
};
