import type { TensorData } from '../../tensor/tensor.js';
import type { NeuronWeights } from './estimator.js';

/** Directions scaled so that `w'a = 1`; 0 where there is no direction, or `w'a` is exactly 0. */
export function normaliseDirections(
  { weights, neurons, inputs }: NeuronWeights,
  directionOf: (neuron: number, row: TensorData) => TensorData | undefined,
): Float64Array {
  const result = new Float64Array(neurons * inputs);
  for (let neuron = 0; neuron < neurons; neuron++) {
    const row = weights.subarray(neuron * inputs, (neuron + 1) * inputs);
    const direction = directionOf(neuron, row);
    if (!direction) continue;
    let along = 0;
    for (let input = 0; input < inputs; input++) along += row[input]! * direction[input]!;
    if (along === 0) continue;
    for (let input = 0; input < inputs; input++)
      result[neuron * inputs + input] = direction[input]! / along;
  }
  return result;
}
