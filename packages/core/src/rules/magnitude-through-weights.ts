import type { LinearLayer } from '../layers/layer.js';
import { toNeuronMajor, weightsLayout } from '../layers/neuron-major.js';
import {
  fitChannels,
  meanSquare,
  scaleMagnitude,
  type ExpectedMagnitude,
} from '../layers/expected-magnitude.js';
import { product } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';

/** The expected size, near 1, of what comes back through the transpose of a linear layer with the given weights times `2^-exponent`. */
export function magnitudeThroughWeights(
  layer: LinearLayer,
  weights: Tensor,
  magnitude: ExpectedMagnitude,
): { expectedMagnitude: ExpectedMagnitude; exponent: number } {
  const coarse = largestExponent(weights);
  const { data, shape } = weights;
  // Relative to the largest, so that no square leaves the range of numbers.
  const relative = { data: Float64Array.from(data, (value) => value * 2 ** -coarse), shape };
  const expected = transposed(layer, relative, magnitude);
  const fine = sizeExponent(expected);
  return { expectedMagnitude: scaleMagnitude(expected, 2 ** -fine), exponent: coarse + fine };
}

function largestExponent({ data }: Tensor): number {
  let largest = 0;
  for (const value of data) largest = Math.max(largest, Math.abs(value));
  return largest > 0 ? Math.floor(Math.log2(largest)) : 0;
}

function transposed(
  layer: LinearLayer,
  weights: Tensor,
  magnitude: ExpectedMagnitude,
): ExpectedMagnitude {
  if (layer.kind === 'scale') {
    const { length } = weights.data;
    return length === 1
      ? scaleMagnitude(magnitude, weights.data[0]!)
      : scaleMagnitude(fitChannels(magnitude, length), weights.data);
  }
  const { data, shape } = toNeuronMajor(weightsLayout(layer), weights);
  const [neurons, inputs] = shape as [number, number];
  const { groups, kernel, area } = windowOf(layer, weights.shape);
  const perGroup = inputs / kernel;
  const mean = new Float64Array(perGroup * groups),
    square = new Float64Array(perGroup * groups);
  const above = fitChannels(magnitude, neurons);
  for (let neuron = 0; neuron < neurons; neuron++) {
    const neuronMean = above.mean[neuron]!;
    const variance = Math.max(above.square[neuron]! - neuronMean ** 2, 0);
    const group = Math.floor((neuron * groups) / neurons) * perGroup;
    for (let channel = 0; channel < perGroup; channel++) {
      let sum = 0,
        squares = 0;
      const begin = neuron * inputs + channel * kernel;
      for (let at = begin; at < begin + kernel; at++) {
        sum += data[at]!;
        squares += data[at]! ** 2;
      }
      mean[group + channel]! += (sum * neuronMean) / area;
      square[group + channel]! += (squares * variance) / area;
    }
  }
  return { mean, square: square.map((value, channel) => value + mean[channel]! ** 2) };
}

/** Groups, weights a channel, and input positions for each output position. */
function windowOf(
  layer: Exclude<LinearLayer, { kind: 'scale' }>,
  shape: readonly number[],
): { groups: number; kernel: number; area: number } {
  if (layer.kind === 'dense') return { groups: 1, kernel: 1, area: 1 };
  const { groups, strides } = layer.attributes;
  const area = layer.kind === 'convolution' ? product(strides) : 1;
  return { groups, kernel: product(shape.slice(2)), area };
}

/** The power of two nearest to the size of what is expected; 0 where nothing is. */
function sizeExponent(magnitude: ExpectedMagnitude): number {
  const size = meanSquare(magnitude);
  return size > 0 && Number.isFinite(size) ? Math.round(Math.log2(size) / 2) : 0;
}
