import type { Directions, Estimator, NeuronWeights } from '../patterns/estimators/estimator.js';
import type { LayerMoments } from '../patterns/moments/layer-moments.js';
import type { PluginName } from '../parameters/parameter-types.js';
import { checkFunction, checkId, checkObject } from './check-part.js';

/** An estimator as its author writes it. */
export type EstimatorParts = FittedParts | WeightsParts;

interface FittedParts {
  readonly id: string;
  /** It is fitted from data, and its directions are kept in pattern files. */
  readonly fitted?: true;
  /** Directions of a layer's neurons, `[neurons, inputs]`, all finite; large layers come in several runs of neurons. */
  readonly estimate: (layer: NeuronWeights, moments: LayerMoments) => Directions;
}

interface WeightsParts {
  readonly id: string;
  /** The weights alone give its directions. */
  readonly fitted: false;
  /** As above; there are no moments. */
  readonly estimate: (layer: NeuronWeights) => Directions;
}

/** Defines a signal estimator: from a layer's moments and weights to the direction of the signal of each neuron.
 * @throws PatternLensError `invalid-plugin` saying what is missing. */
export function defineEstimator(parts: EstimatorParts): Estimator & { readonly id: PluginName } {
  checkObject('estimator', parts);
  checkId('estimator', parts.id);
  checkFunction(`estimator "${parts.id}"`, 'estimate', parts.estimate);
  return Object.freeze({
    id: parts.id as PluginName,
    fitted: parts.fitted ?? true,
    // Those that are fitted are always handed moments.
    estimate: parts.estimate as Estimator['estimate'],
  });
}
