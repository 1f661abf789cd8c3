import {
  resolveNetwork,
  type Backend,
  type CancelSignal,
  type ResolveOptions,
  type Network,
  type PatternSet,
} from '@patternlens/core';
import {
  BACKEND,
  checkArgument,
  checkOptions,
  expects,
  type OptionKinds,
  PATTERNS,
} from '@patternlens/core/arguments';
import { plainProduct, type DoubleProduct } from '@patternlens/core/backend';
import { neuronLayout, neuronWeights, type FittedLayer } from '@patternlens/core/network';
import { adoptPatterns, ESTIMATOR_IDS } from '@patternlens/core/patterns';
import { type Directions, type Estimator, type EstimatorId } from '@patternlens/core/rules';
import { layerQuality } from './closed-form/layer-quality.js';
import { gatherMoments } from './moments/gather-moments.js';
import { planQuality } from './plan-quality.js';
import { qualityDirections } from './quality-directions.js';
import { measurableLayers, sampleCounts, type QualitySplits } from './quality-layers.js';
import type { QualityReport } from './quality-report.js';
import { reportLayer, type MeasuredLayer } from './report-layer.js';
import { subsetQuality, type SubsetQuality } from './subset/subset-quality.js';

/** How far a measurement is. */
export interface QualityProgress {
  readonly done: number;
  readonly total: number;
  readonly what: string;
}

export interface QualityOptions extends ResolveOptions {
  readonly backend: Backend;
  /** Fitted on samples that are neither `regress` nor `test`. */
  readonly patterns: PatternSet;
  /** Default: all. */
  readonly estimators?: readonly (EstimatorId | Estimator)[] | undefined;
  /** Names of layers; default: every linear layer that patterns are fitted for. */
  readonly layers?: readonly string[] | undefined;
  /** Of random directions and of subsets. Default 0. */
  readonly seed?: number | undefined;
  /** Products in float64; default: without any runtime. */
  readonly product?: DoubleProduct | undefined;
  /** Bytes of moments held at once; further layers take further passes over the data. Default 2 GB. */
  readonly memory?: number | undefined;
  /** Layers with more inputs a neuron are measured for some of their neurons only, by iterations over the data. Default 1728. */
  readonly dimensions?: number | undefined;
  /** Neurons of such a subset; default 64. */
  readonly neurons?: number | undefined;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: ((progress: QualityProgress) => void) | undefined;
}

const DEFAULTS = { memory: 2e9, dimensions: 1728, neurons: 64 } as const;

const KINDS: OptionKinds<QualityOptions> = {
  output: expects.text,
  keepOutput: expects.flag,
  foldForward: expects.flag,
  canonizers: expects.list,
  plugins: expects.list,
  backend: BACKEND,
  patterns: { ...PATTERNS, required: true },
  estimators: expects.list,
  layers: expects.list,
  seed: expects.whole(0),
  product: expects.call,
  memory: expects.between(0, Infinity),
  dimensions: expects.whole(0),
  neurons: expects.whole(1),
  signal: expects.signal,
  onProgress: expects.call,
};

const SPLITS = expects.required(
  expects.having('sources of samples', ['regress', 'test'], 'Write { regress, test }.'),
);

/** What the measurement of every layer shares. */
interface Measurement {
  readonly network: Network;
  readonly splits: QualitySplits;
  readonly patterns: PatternSet;
  readonly estimators: readonly (EstimatorId | Estimator)[];
  readonly seed: number;
  readonly product: DoubleProduct;
  readonly options: QualityOptions;
}

const idOf = (estimator: EstimatorId | Estimator): string =>
  typeof estimator === 'string' ? estimator : estimator.id;

/** The directions of each estimator that has them, by id; a note for one that hasn't. */
async function directionsOf(
  { patterns, estimators, seed }: Measurement,
  layer: FittedLayer,
  notes: string[],
): Promise<Map<string, Directions>> {
  const byId = new Map<string, Directions>();
  const pattern = patterns.layers.get(layer.name);
  for (const estimator of estimators) {
    const id = idOf(estimator);
    const directions = await qualityDirections(layer, pattern, estimator, seed);
    if (directions) byId.set(id, directions);
    else if (estimator !== 'identity' && !notes.some((note) => note.startsWith(`${id}:`)))
      notes.push(`${id}: the patterns don't hold its directions. Fit them with that estimator.`);
  }
  return byId;
}

/** 1 for neurons that never fired where the patterns were fitted. */
function deadNeurons({ patterns }: Measurement, layer: FittedLayer): Uint8Array {
  const fired = patterns.layers.get(layer.name)?.counts;
  const { neurons } = neuronLayout(layer);
  return Uint8Array.from({ length: neurons }, (_, neuron) => (fired?.[neuron] === 0 ? 1 : 0));
}

/** Layers in closed form: in each pass the moments of some, over both splits. */
async function measurePasses(
  measurement: Measurement,
  passes: readonly (readonly FittedLayer[])[],
  notes: string[],
): Promise<Map<FittedLayer, MeasuredLayer>> {
  const { network, splits, product, options } = measurement;
  const { backend, signal } = options;
  const both = splits.regress.count + splits.test.count;
  const measured = new Map<FittedLayer, MeasuredLayer>();
  for (const [at, pass] of passes.entries()) {
    const momentsOf = (split: keyof QualitySplits, before: number) =>
      gatherMoments(network, pass, splits[split], product, {
        backend,
        signal,
        onSamples: (done) => {
          const total = passes.length * both;
          options.onProgress?.({ done: at * both + before + done, total, what: 'moments' });
        },
      });
    const regression = await momentsOf('regress', 0);
    const test = await momentsOf('test', splits.regress.count);
    for (const layer of pass) {
      const weights = Float64Array.from(neuronWeights(layer).weights);
      const dead = deadNeurons(measurement, layer);
      const quality = await layerQuality(
        { name: layer.name, ...neuronLayout(layer), weights, dead },
        regression.get(layer)!,
        test.get(layer)!,
        await directionsOf(measurement, layer, notes),
        product,
      );
      measured.set(layer, quality);
    }
  }
  return measured;
}

/** Layers too wide for their covariance, for some of their neurons. */
async function measureSubsets(
  measurement: Measurement,
  layers: readonly FittedLayer[],
  notes: string[],
): Promise<Map<FittedLayer, SubsetQuality>> {
  const { network, splits, seed, product, options } = measurement;
  const { backend, signal, onProgress, neurons = DEFAULTS.neurons } = options;
  const subsets = new Map<FittedLayer, SubsetQuality>();
  for (const layer of layers) {
    const directions = await directionsOf(measurement, layer, notes);
    const dead = deadNeurons(measurement, layer);
    const setting = { backend, signal, product, seed, dead, neurons, onProgress };
    const subset = await subsetQuality(network, layer, splits, directions, setting);
    subsets.set(layer, subset);
    notes.push(subset.note);
  }
  return subsets;
}

/** rho of every neuron, layer and estimator: `1 - max_v corr(w'x, v'd)` with the distractor `d = x - S(x)` (Kindermans et al. 2017, equation 1).
 * v is fitted on `regress` in closed form, and the correlation taken there and on `test`.
 * @throws PatternLensError `invalid-argument` for layers that don't have it, `pattern-mismatch`, `empty-data` where no layer has enough samples (with the
 * count that it has and needs), `cancelled`, `not-finite`. */
export async function measureQuality(
  network: Network,
  splits: QualitySplits,
  options: QualityOptions,
): Promise<QualityReport> {
  checkArgument('evaluate', 'measureQuality: splits', splits, SPLITS);
  checkOptions('evaluate', 'measureQuality', options, KINDS);
  const { product = plainProduct, seed = 0, estimators = ESTIMATOR_IDS } = options;
  const { memory = DEFAULTS.memory, dimensions = DEFAULTS.dimensions } = options;
  const { output, keepOutput, foldForward, canonizers, plugins } = options;
  const canonical = resolveNetwork(network, {
    ...{ output, keepOutput, foldForward, canonizers, plugins },
  });
  const patterns = adoptPatterns(options.patterns, canonical);
  const { layers, enough, notes: shortages } = measurableLayers(canonical, splits, options.layers);
  const notes = [...shortages];
  const { passes, wide } = planQuality(enough, memory, dimensions);
  const measurement = { network: canonical, splits, patterns, estimators, seed, product, options };
  const measured = await measurePasses(measurement, passes, notes);
  const subsets = await measureSubsets(measurement, wide, notes);
  return {
    notes,
    layers: layers.map((layer) =>
      reportLayer(
        layer,
        patterns.layers.get(layer.name),
        estimators.map(idOf),
        measured.get(layer) ?? subsets.get(layer)?.measured,
        sampleCounts(canonical, layer, splits),
        subsets.get(layer)?.neurons,
      ),
    ),
  };
}
