import type { LinearLayer } from '../layers/layer.js';
import { toNeuronMajor, weightsLayout } from '../layers/neuron-major.js';
import type { NeuronWeights } from './estimators/estimator.js';

/** A layer's weights, one row a neuron. */
export function neuronWeights(layer: LinearLayer): NeuronWeights {
  const rows = toNeuronMajor(weightsLayout(layer), layer.parameters['weights']!.tensor);
  return { weights: rows.data, neurons: rows.shape[0]!, inputs: rows.shape[1]! };
}

/** The weights of some consecutive neurons, without copying. */
export function someNeurons(
  { weights, inputs }: NeuronWeights,
  from: number,
  to: number,
): NeuronWeights {
  return { weights: weights.subarray(from * inputs, to * inputs), neurons: to - from, inputs };
}
