import type { TensorData } from '../../tensor/tensor.js';
import type { LayerMoments } from '../moments/layer-moments.js';

export const ESTIMATOR_IDS = ['identity', 'filter', 'linear', 'two-component', 'random'] as const;
/** One of `ESTIMATOR_IDS`, or the name of a plug-in's estimator. */
export type EstimatorId = string;

/** Directions of the signal, neuron by neuron: `[neurons, inputs]` in row-major order. */
export interface Directions {
  readonly positive: Float64Array;
  /** Where the estimator has one for the negative regime (two-component). */
  readonly negative?: Float64Array;
}

/** A layer's weights, neuron by neuron. */
export interface NeuronWeights {
  readonly weights: TensorData;
  readonly neurons: number;
  readonly inputs: number;
}

/** A signal estimator: from a layer's moments and weights to the direction of the signal of each neuron. */
export interface Estimator {
  readonly id: EstimatorId;
  /** The plug-in that it comes from, `NAME@VERSION`; set where plug-ins are used. */
  readonly plugin?: string;
  /** It is fitted from data; else the weights alone give it. */
  readonly fitted: boolean;
  readonly estimate: (layer: NeuronWeights, moments: LayerMoments | undefined) => Directions;
}
