import type { LinearLayer } from '../layers/layer.js';
import { neuronLayout } from '../layers/linear-operator.js';
import { product } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';

/** How far a backward pass through these weights changes the size of what passes, as a power of two: 0 for weights of zeros. */
export function gainExponent(layer: LinearLayer, weights: Tensor): number {
  let largest = 0;
  for (const value of weights.data) largest = Math.max(largest, Math.abs(value));
  if (largest === 0) return 0;
  // Relative to the largest, so that no square leaves the range of numbers.
  let squares = 0;
  for (const value of weights.data) squares += (value / largest) ** 2;
  const inputs = backwardOutputs(layer, weights.shape);
  return Math.round(Math.log2(largest) + Math.log2(squares / inputs) / 2);
}

/** Number of entries that one position of what comes back is made of: channels, times the stride's area. */
function backwardOutputs(layer: LinearLayer, shape: readonly number[]): number {
  switch (layer.kind) {
    case 'dense':
      return shape[1]!;
    case 'convolution':
      return shape[1]! * layer.attributes.groups * product(layer.attributes.strides);
    case 'transposed-convolution':
      return shape[0]!;
    case 'scale':
      return neuronLayout(layer).neurons;
  }
}
