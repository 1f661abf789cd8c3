import {
  adoptPatterns,
  type Backend,
  type CancelSignal,
  resolveNetwork,
  type ResolveOptions,
  type Directions,
  type DoubleProduct,
  type Estimator,
  ESTIMATOR_IDS,
  type EstimatorId,
  type FittedLayer,
  isFitted,
  isLinear,
  layerNamed,
  type Network,
  neuronLayout,
  neuronWeights,
  type Pattern,
  PatternLensError,
  type PatternSet,
  plainProduct,
  RARE,
  type SampleSource,
  sizeOf,
} from '@patternlens/core';
import { gatherMoments } from './moments/gather-moments.js';
import { layerQuality, type NeuronQuality } from './closed-form/layer-quality.js';
import { qualityDirections } from './quality-directions.js';
import {
  rhoValues,
  type EstimatorQuality,
  type LayerQuality,
  type QualityReport,
} from './quality-report.js';
import { secondMomentsBytes } from './moments/second-moments.js';
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

/** Where v is fitted, and where the correlation is taken. */
export interface QualitySplits {
  readonly regress: SampleSource;
  readonly test: SampleSource;
}

const DEFAULTS = { memory: 2e9, dimensions: 1728, neurons: 64 } as const;

function layersOf(network: Network, names: readonly string[] | undefined): FittedLayer[] {
  if (!names) return network.layers.filter(isFitted);
  return names.map((name) => {
    const layer = layerNamed(network, name);
    if (isFitted(layer)) return layer;
    const known = network.layers.filter(isFitted).map(({ name }) => name);
    throw new PatternLensError(
      'evaluate',
      'invalid-argument',
      `quality: layer "${name}" is ${isLinear(layer) ? 'diagonal: all of its input is signal, and there is no distractor to measure' : `a ${layer.kind}, and rho belongs to linear layers`}. Layers that have it: ${known.slice(0, 20).join(', ')}${known.length > 20 ? ', ...' : ''}.`,
      { layer: name },
    );
  });
}

const positionsOf = (network: Network, layer: FittedLayer): number => {
  const shape = network.shapes.get(layer.output)!;
  return sizeOf(layer.kind === 'dense' ? shape.slice(1, -1) : shape.slice(2)) as number;
};

/** Samples (and positions) that a layer needs at least: with as few as it has inputs, any v predicts y. */
const needed = (layer: FittedLayer): number => neuronLayout(layer).inputs + 2;

/** How layers are measured: in passes that fit the memory, or for a subset of neurons. */
interface Plan {
  readonly passes: readonly (readonly FittedLayer[])[];
  readonly wide: readonly FittedLayer[];
}

/** Both splits' moments, and the matrices of the closed form. */
const bytesOf = (layer: FittedLayer): number => 2 * secondMomentsBytes(layer);
const workBytes = (layer: FittedLayer): number => {
  const { inputs, neurons, groups } = neuronLayout(layer);
  return 8 * (4 * inputs * inputs + (8 * neurons * inputs) / groups);
};

function planOf(layers: readonly FittedLayer[], memory: number, dimensions: number): Plan {
  const wide = layers.filter(
    (layer) =>
      neuronLayout(layer).inputs > dimensions || bytesOf(layer) + workBytes(layer) > memory,
  );
  const passes: FittedLayer[][] = [];
  let used = Infinity;
  for (const layer of layers) {
    if (wide.includes(layer)) continue;
    const bytes = bytesOf(layer);
    if (used + bytes + workBytes(layer) > memory) {
      passes.push([]);
      used = 0;
    }
    passes.at(-1)!.push(layer);
    used += bytes;
  }
  return { passes, wide };
}

type Measured = ReadonlyMap<string, NeuronQuality>;

function reportLayer(
  layer: FittedLayer,
  pattern: Pattern | undefined,
  ids: readonly string[],
  found: Measured | undefined,
  [samples, heldOutSamples]: readonly [number, number],
  subset: number | undefined,
): LayerQuality {
  const { neurons, inputs } = neuronLayout(layer);
  const counts = pattern?.counts ?? new Float64Array(neurons);
  const none = (): Float64Array => new Float64Array(neurons).fill(NaN);
  const estimators = ids.map((id): [string, EstimatorQuality] => {
    const quality = found?.get(id) ?? { fit: none(), heldOut: none(), ridge: none(), unstable: 0 };
    return [
      id,
      {
        fit: rhoValues(quality.fit),
        heldOut: rhoValues(quality.heldOut),
        ridge: rhoValues(quality.ridge),
        unstable: quality.unstable,
      },
    ];
  });
  return {
    layer: layer.name,
    weights: layer.parameters['weights']!.origin?.tensor ?? null,
    dimensions: inputs,
    samples,
    heldOutSamples,
    neurons,
    dead: counts.filter((count) => count === 0).length,
    rare: counts.filter((count) => count > 0 && count < RARE).length,
    firingRate: counts.reduce((sum, count) => sum + count, 0) / (neurons * (pattern?.samples ?? 1)),
    ...(subset === undefined ? {} : { subset }),
    estimators: Object.fromEntries(estimators),
  };
}

/** rho of every neuron, layer and estimator: `1 - max_v corr(w'x, v'd)` with the distractor `d = x - S(x)` (Kindermans et al. 2017, equation 1).
 * v is fitted on `regress` in closed form, and the correlation taken there and on `test`.
 * @throws PatternLensError `invalid-argument` for layers that don't have it, `pattern-mismatch`, `empty-data` where no layer has enough samples (with the
 * count that it has and needs), `cancelled`, `not-finite`. */
export async function measureQuality(
  network: Network,
  { regress, test }: QualitySplits,
  options: QualityOptions,
): Promise<QualityReport> {
  const { backend, signal, product = plainProduct, seed = 0 } = options;
  const canonical = resolveNetwork(network, options);
  const patterns = adoptPatterns(options.patterns, canonical);
  const layers = layersOf(canonical, options.layers);
  const given = options.estimators ?? ESTIMATOR_IDS;
  const ids = given.map((estimator) => (typeof estimator === 'string' ? estimator : estimator.id));
  const notes: string[] = [];
  const counts = (layer: FittedLayer): readonly [number, number] => {
    const positions = positionsOf(canonical, layer);
    return [regress.count * positions, test.count * positions];
  };
  const short = layers.filter((layer) => counts(layer)[0] < needed(layer) || counts(layer)[1] < 2);
  for (const layer of short)
    notes.push(
      `layer "${layer.name}": ${counts(layer)[0]} samples and positions to fit v on, and ${counts(layer)[1]} to test it; it needs at least ${needed(layer)} and 2. Give more samples.`,
    );
  if (layers.length === 0)
    throw new PatternLensError(
      'evaluate',
      'invalid-argument',
      'quality: the network has no linear layer.',
    );
  if (short.length === layers.length || (options.layers && short.length > 0))
    throw new PatternLensError('evaluate', 'empty-data', `quality: too little data. ${notes[0]!}`, {
      layer: short[0]!.name,
    });
  const enough = layers.filter((layer) => !short.includes(layer));
  const memory = options.memory ?? DEFAULTS.memory;
  const { passes, wide } = planOf(enough, memory, options.dimensions ?? DEFAULTS.dimensions);
  const both = regress.count + test.count;
  const total = passes.length * both;
  const measured = new Map<FittedLayer, Measured>();
  const directionsOf = async (layer: FittedLayer): Promise<Map<string, Directions>> => {
    const all = new Map<string, Directions>();
    for (const [at, estimator] of given.entries()) {
      const directions = await qualityDirections(
        layer,
        patterns.layers.get(layer.name),
        estimator,
        seed,
      );
      if (directions) all.set(ids[at]!, directions);
      else if (estimator !== 'identity' && !notes.some((note) => note.startsWith(`${ids[at]!}:`)))
        notes.push(
          `${ids[at]!}: the patterns don't hold its directions. Fit them with that estimator.`,
        );
    }
    return all;
  };
  const deadOf = (layer: FittedLayer): Uint8Array => {
    const fired = patterns.layers.get(layer.name)?.counts;
    const { neurons } = neuronLayout(layer);
    return Uint8Array.from({ length: neurons }, (_, neuron) => (fired?.[neuron] === 0 ? 1 : 0));
  };
  for (const [at, pass] of passes.entries()) {
    const report = (before: number) => (done: number) => {
      options.onProgress?.({ done: at * both + before + done, total, what: 'moments' });
    };
    const regression = await gatherMoments(canonical, pass, regress, product, {
      backend,
      signal,
      onSamples: report(0),
    });
    const held = await gatherMoments(canonical, pass, test, product, {
      backend,
      signal,
      onSamples: report(regress.count),
    });
    for (const layer of pass) {
      const weights = Float64Array.from(neuronWeights(layer).weights);
      const qualityLayer = {
        name: layer.name,
        ...neuronLayout(layer),
        weights,
        dead: deadOf(layer),
      };
      measured.set(
        layer,
        await layerQuality(
          qualityLayer,
          regression.get(layer)!,
          held.get(layer)!,
          await directionsOf(layer),
          product,
        ),
      );
    }
  }
  const subsets = new Map<FittedLayer, SubsetQuality>();
  for (const layer of wide) {
    const subset = await subsetQuality(
      canonical,
      layer,
      { regress, test },
      await directionsOf(layer),
      {
        backend,
        signal,
        product,
        seed,
        dead: deadOf(layer),
        neurons: options.neurons ?? DEFAULTS.neurons,
        onProgress: options.onProgress,
      },
    );
    subsets.set(layer, subset);
    notes.push(subset.note);
  }
  return {
    notes,
    layers: layers.map((layer) =>
      reportLayer(
        layer,
        patterns.layers.get(layer.name),
        ids,
        measured.get(layer) ?? subsets.get(layer)?.measured,
        counts(layer),
        subsets.get(layer)?.neurons,
      ),
    ),
  };
}
