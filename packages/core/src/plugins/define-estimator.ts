import type { Directions, Estimator, NeuronWeights } from '../patterns/estimators/estimator.js';
import type { LayerMoments } from '../patterns/moments/layer-moments.js';
import type { PluginName } from '../parameters/parameter-types.js';
import { checkFunction, checkId, checkObject } from './check-part.js';

/** An estimator as its author writes it. */
export interface EstimatorParts {
  readonly id: string;
  /** It is fitted from data (the default), and its directions are kept in pattern files; else the weights alone give them. */
  readonly fitted?: boolean;
  /** Directions of a layer's neurons, `[neurons, inputs]`, all finite; large layers come in several runs of neurons. */
  readonly estimate: (layer: NeuronWeights, moments: LayerMoments | undefined) => Directions;
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
    estimate: parts.estimate,
  });
}
