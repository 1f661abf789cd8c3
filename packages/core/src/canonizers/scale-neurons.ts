import type { LayerOf, LinearLayer } from '../layers/layer.js';
import type { Parameter } from '../layers/parameter.js';
import { zipTensors } from '../tensor/broadcast.js';
import { tensor, type Tensor } from '../tensor/tensor.js';

/** Linear layers whose outputs stand along one axis: the layers that a normalisation folds into. */
export type FoldableLayer = Exclude<LinearLayer, LayerOf<'scale'>>;

/** The weights with each neuron's multiplied by its factor. */
export function scaleWeights(layer: FoldableLayer, factors: Tensor): Parameter {
  const weights = layer.parameters['weights']!;
  const { shape } = weights.tensor;
  const ones = shape.slice(layer.kind === 'transposed-convolution' ? 2 : 1).map(() => 1);
  if (layer.kind !== 'transposed-convolution') {
    return {
      ...weights,
      tensor: zipTensors(
        weights.tensor,
        { data: factors.data, shape: [shape[0]!, ...ones] },
        multiply,
      ),
    };
  }
  // Weights [inputs, outputs/groups, ...]: the inputs of a group share the factors of the group's outputs.
  const { groups } = layer.attributes;
  const grouped = {
    data: weights.tensor.data,
    shape: [groups, shape[0]! / groups, ...shape.slice(1)],
  };
  const scaled = zipTensors(
    grouped,
    { data: factors.data, shape: [groups, 1, shape[1]!, ...ones] },
    multiply,
  );
  return { ...weights, tensor: tensor(scaled.data, shape) };
}

const multiply = (a: number, b: number): number => a * b;

/** Number of output neurons, and the axis of the layer's output that they stand along. */
export function neuronAxis(layer: FoldableLayer, outputRank: number): number {
  return layer.kind === 'dense' ? outputRank - 1 : 1;
}
