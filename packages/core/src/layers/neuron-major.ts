import { product } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import type { LinearLayer } from './layer.js';
import { permuteTensor } from './parameter.js';

/** A tensor of the layer's weights with one row a neuron: `[neurons, inputs of a neuron]`. */
export function toNeuronMajor(layer: LinearLayer, weights: Tensor): Tensor {
  if (layer.kind !== 'transposed-convolution') {
    const rows = layer.kind === 'scale' ? product(weights.shape) : weights.shape[0]!;
    return { data: weights.data, shape: [rows, weights.data.length / rows] };
  }
  const [inputs, outputs, ...kernel] = weights.shape as [number, number, ...number[]];
  const { groups } = layer.attributes;
  const grouped = {
    data: weights.data,
    shape: [groups, inputs / groups, outputs, product(kernel)],
  };
  return {
    data: permuteTensor(grouped, [0, 2, 1, 3]).data,
    shape: [groups * outputs, (inputs / groups) * product(kernel)],
  };
}

/** Rows of neurons back in the layout of the layer's weights. */
export function fromNeuronMajor(layer: LinearLayer, rows: Tensor): Tensor {
  const { shape } = layer.parameters['weights']!.tensor;
  if (layer.kind !== 'transposed-convolution') return { data: rows.data, shape };
  const [inputs, outputs, ...kernel] = shape as [number, number, ...number[]];
  const { groups } = layer.attributes;
  const grouped = { data: rows.data, shape: [groups, outputs, inputs / groups, product(kernel)] };
  return { data: permuteTensor(grouped, [0, 2, 1, 3]).data, shape };
}
