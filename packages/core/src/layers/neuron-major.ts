import { product } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import type { LinearKind, LinearLayer } from './layer.js';
import { permuteTensor } from '../tensor/permute-tensor.js';
import type { Origin } from './parameter.js';

/** How a layer's weights lie in memory, and how the file's tensor that they came from does. */
export interface WeightsLayout {
  readonly kind: LinearKind;
  readonly shape: readonly number[];
  readonly groups: number;
  readonly origin?: Origin | undefined;
}

export function weightsLayout(layer: LinearLayer): WeightsLayout {
  const { tensor, origin } = layer.parameters['weights']!;
  const groups =
    layer.kind === 'convolution' || layer.kind === 'transposed-convolution'
      ? layer.attributes.groups
      : 1;
  return { kind: layer.kind, shape: tensor.shape, groups, ...(origin ? { origin } : {}) };
}

/** The shape of weights with one row a neuron: neurons, and inputs of a neuron. */
export function neuronMajorShape({ kind, shape, groups }: WeightsLayout): [number, number] {
  if (kind === 'transposed-convolution')
    return [groups * shape[1]!, (shape[0]! / groups) * product(shape.slice(2))];
  const neurons = kind === 'scale' ? product(shape) : shape[0]!;
  return [neurons, product(shape) / neurons];
}

/** A tensor of the layer's weights with one row a neuron: `[neurons, inputs of a neuron]`. */
export function toNeuronMajor(layout: WeightsLayout, weights: Tensor): Tensor {
  const { kind, groups } = layout;
  const rows = neuronMajorShape({ ...layout, shape: weights.shape });
  if (kind !== 'transposed-convolution') return { data: weights.data, shape: rows };
  const [inputs, outputs, ...kernel] = weights.shape as [number, number, ...number[]];
  const grouped = {
    data: weights.data,
    shape: [groups, inputs / groups, outputs, product(kernel)],
  };
  return { data: permuteTensor(grouped, [0, 2, 1, 3]).data, shape: rows };
}

/** Rows of neurons back in the layout of the layer's weights. */
export function fromNeuronMajor({ kind, shape, groups }: WeightsLayout, rows: Tensor): Tensor {
  if (kind !== 'transposed-convolution') return { data: rows.data, shape };
  const [inputs, outputs, ...kernel] = shape as [number, number, ...number[]];
  const grouped = { data: rows.data, shape: [groups, outputs, inputs / groups, product(kernel)] };
  return { data: permuteTensor(grouped, [0, 2, 1, 3]).data, shape };
}
