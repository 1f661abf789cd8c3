import type { NeuronWeights } from '../estimators/estimator.js';
import type { LinearLayer } from '../layers/layer.js';
import { toNeuronMajor } from '../layers/neuron-major.js';

/** A layer's weights, one row a neuron. */
export function neuronWeights(layer: LinearLayer): NeuronWeights {
  const rows = toNeuronMajor(layer, layer.parameters['weights']!.tensor);
  return { weights: rows.data, neurons: rows.shape[0]!, inputs: rows.shape[1]! };
}
