import type { Directions, EstimatorId } from '../estimators/estimator.js';
import { estimatorOf, twoComponentEstimator } from '../estimators/estimators.js';
import type { FittedLayer } from '../layers/layer.js';
import { isFitted } from '../layers/layer.js';
import { fromNeuronMajor } from '../layers/neuron-major.js';
import type { LayerMoments } from '../moments/layer-moments.js';
import type { Network } from '../network/network.js';
import type { Tensor } from '../tensor/tensor.js';
import { fingerprintOf } from './fingerprint.js';
import type { Pattern, PatternKind, PatternSet } from './pattern-set.js';
import { neuronWeights } from './weights-of.js';

/** The estimators that a pattern file holds the directions of. */
export const FITTED_ESTIMATORS = ['linear', 'two-component'] as const;
export type FittedEstimator = (typeof FITTED_ESTIMATORS)[number];

export interface EstimateOptions {
  readonly estimators?: readonly FittedEstimator[] | undefined;
  /** Neurons with fewer positive firings take the linear pattern in the positive regime; default 0, none. */
  readonly fallbackBelow?: number | undefined;
}

/** The pattern of one layer from its moments. */
export function estimatePattern(
  layer: FittedLayer,
  moments: LayerMoments,
  options: EstimateOptions = {},
): Pattern {
  const weights = neuronWeights(layer);
  const laidOut = (data: Float64Array): Tensor =>
    fromNeuronMajor(layer, { data, shape: [weights.neurons, weights.inputs] });
  const estimate = (id: EstimatorId): Directions =>
    (id === 'two-component'
      ? twoComponentEstimator({ fallbackBelow: options.fallbackBelow ?? 0 })
      : estimatorOf(id)
    ).estimate(weights, moments);
  const directions: Partial<Record<PatternKind, Tensor>> = {};
  for (const id of options.estimators ?? FITTED_ESTIMATORS) {
    const { positive, negative } = estimate(id);
    directions[id === 'linear' ? 'linear' : 'positive'] = laidOut(positive);
    if (negative) directions.negative = laidOut(negative);
  }
  return { directions, counts: moments.positiveCount, samples: moments.count };
}

/** The patterns of a canonised network from the moments of its layers. */
export function estimatePatterns(
  network: Network,
  moments: ReadonlyMap<string, LayerMoments>,
  samples: number,
  options: EstimateOptions = {},
): PatternSet {
  const layers = network.layers
    .filter(isFitted)
    .map(
      (layer) => [layer.name, estimatePattern(layer, moments.get(layer.name)!, options)] as const,
    );
  return {
    fingerprint: fingerprintOf(network),
    layers: new Map(layers),
    moments,
    samples,
    estimators: options.estimators ?? FITTED_ESTIMATORS,
  };
}
