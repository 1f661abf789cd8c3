import type { CanonicalNetwork } from '../canonizers/canonical-network.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import { isLinear } from '../layers/layer.js';
import type { WeightsLayout } from '../layers/neuron-major.js';
import type { Tensor } from '../tensor/tensor.js';
import type { NeuronWeights } from './estimators/estimator.js';
import { fingerprintOf, firstDifference, type LayerFingerprint } from './fingerprint.js';
import type { LayerMoments } from './moments/layer-moments.js';

/** Kinds of direction that a pattern file holds: of all samples, of the positive regime, of the negative one. */
export const PATTERN_KINDS = ['linear', 'positive', 'negative'] as const;
export type PatternKind = (typeof PATTERN_KINDS)[number];

/** The kinds of direction that an estimator may give. A plug-in's go by its name, and `NAME.negative` where it has a direction for the negative regime. */
export function kindsOf(estimator: FittedEstimator): readonly string[] {
  if (estimator === 'linear') return ['linear'];
  return estimator === 'two-component'
    ? ['positive', 'negative']
    : [estimator, `${estimator}.negative`];
}

/** The kind of direction that an estimator has for a regime. */
export function kindFor(
  estimator: FittedEstimator,
  regime: 'positive' | 'negative',
  directions: Readonly<Record<string, unknown>>,
): string {
  if (estimator === 'two-component') return regime;
  const negative = `${estimator}.negative`;
  return regime === 'negative' && negative in directions ? negative : estimator;
}

/** What a pattern was made from: kept with it, it can be merged with others and estimated again. */
export interface PatternSource {
  readonly weights: NeuronWeights;
  /** Moments of consecutive neurons, read when they are needed; almost always one part, of all neurons. */
  readonly parts: readonly (() => Promise<LayerMoments>)[];
}

/** Directions by their kind. */
export type PatternDirections = Readonly<
  Partial<Record<PatternKind, Tensor>> & Record<string, Tensor>
>;

/** The fitted directions `a` of the neurons of one linear layer, with `w'a = 1` (Kindermans et al. 2017, equations 4 and 8); 0 for a neuron without a direction. */
export interface Pattern {
  /** How the weights lie in memory, in the network and in the model file. */
  readonly layout: WeightsLayout;
  /** Each in the shape and layout of the layer's weights. */
  readonly directions: PatternDirections;
  /** How often each neuron fired (`y + b > 0`): `[neurons]`. */
  readonly counts: Float64Array;
  /** Samples that were seen; of a convolution, every position is one. */
  readonly samples: number;
  /** Weights and moments, which merging needs; undefined where they were left out. */
  readonly source?: PatternSource | undefined;
}

/** Patterns of the linear layers of one network, and what they were fitted on. */
export interface PatternSet {
  /** Identifies the network: a hash of each linear layer, in order. */
  readonly fingerprint: readonly LayerFingerprint[];
  /** By the name of the layer. */
  readonly layers: ReadonlyMap<string, Pattern>;
  /** Samples of the data that were seen. */
  readonly samples: number;
  /** Estimators that the directions are of. */
  readonly estimators: readonly FittedEstimator[];
  /** Identifies the preprocessing of the inputs; undefined where it is not known. */
  readonly preprocessing?: string | undefined;
}

/** The estimators that a pattern set holds the directions of. */
export const FITTED_ESTIMATORS = ['linear', 'two-component'] as const;
/** One of `FITTED_ESTIMATORS`, or the name of a plug-in's that is fitted from data. */
export type FittedEstimator = string;

/** A neuron with fewer positive firings than this counts as rare: its patterns mean little. */
export const RARE = 10;

/** Whether a value of a file was chosen that is not its first output. */
const isChosen = ({ fileOutputs = [] }: CanonicalNetwork): boolean =>
  fileOutputs.some(({ explained }, at) => explained && at > 0);

/** The layers that a network shares with the one that patterns were fitted for: all of them; or, where another output of a file is explained, or a value inside,
 * those that lead to it, by their names.
 * @throws PatternLensError `pattern-mismatch` naming the first layer that differs. */
function sharedLayers({ fingerprint }: PatternSet, network: CanonicalNetwork) {
  const ours = fingerprintOf(network);
  const theirs = new Map(fingerprint.map((each) => [each.layer, each.hash]));
  if (isChosen(network) && ours.every(({ layer, hash }) => theirs.get(layer) === hash))
    return ours.map(({ layer }) => layer);
  const difference = firstDifference(fingerprint, ours);
  if (difference === undefined) return fingerprint.map(({ layer }) => layer);
  throw new PatternLensError(
    'core',
    'pattern-mismatch',
    `patterns: they were fitted for another network, or for another output of it: ${difference}. Fit patterns for this one.`,
  );
}

/** The patterns under the network's own names for its layers; names do not matter otherwise. Patterns of a whole network serve each value inside it.
 * @throws PatternLensError `pattern-mismatch` naming the first layer that differs. */
export function adoptPatterns(patterns: PatternSet, network: CanonicalNetwork): PatternSet {
  const shared = sharedLayers(patterns, network);
  const linear = network.layers.filter(isLinear);
  const renamed = shared.flatMap((layer, at) => {
    const pattern = patterns.layers.get(layer);
    if (!pattern) return [];
    const { name, parameters } = linear[at]!;
    const { shape } = parameters['weights']!.tensor;
    if (pattern.layout.shape.join() !== shape.join()) {
      throw new PatternLensError(
        'core',
        'pattern-mismatch',
        `patterns: that of layer "${name}" has shape [${pattern.layout.shape.join(', ')}], its weights [${shape.join(', ')}]. Fit patterns for this network.`,
        { layer: name },
      );
    }
    return [[name, pattern] as const];
  });
  return { ...patterns, fingerprint: fingerprintOf(network), layers: new Map(renamed) };
}
