import type { ProgramBuilder, Value } from '../program/program-builder.js';
import type { ConvAttributes } from '../program/window.js';
import { product, sizeOf, type Shape } from '../tensor/shape.js';
import type { LayerOf, LinearLayer } from './layer.js';
import { unbroadcast } from './unbroadcast.js';

/** A linear layer as rules see it, whatever its kind. */
export interface LinearOperator {
  /** The layer's value for any weights of the layer's shape, without a bias. */
  readonly forward: (x: Value, w: Value) => Value;
  /** The transpose of `forward` in its input. */
  readonly transpose: (r: Value, w: Value) => Value;
}

/** The operator of a linear layer whose input has the given shape. */
export function linearOperator(
  ops: ProgramBuilder,
  layer: LinearLayer,
  input: Shape,
): LinearOperator {
  switch (layer.kind) {
    case 'dense':
      return {
        forward: (x, w) => ops.matmul(x, ops.transpose(w, [1, 0])),
        transpose: (r, w) => ops.matmul(r, w),
      };
    case 'convolution': {
      const { attributes } = layer;
      return {
        forward: (x, w) => ops.conv(x, w, attributes),
        transpose: (r, w) => ops.convInputGradient(r, w, attributes, input.slice(2) as number[]),
      };
    }
    case 'transposed-convolution': {
      const attributes = convAttributes(layer);
      return {
        forward: (x, w) => ops.convInputGradient(x, w, attributes, layer.attributes.outputSpatial),
        transpose: (r, w) => ops.conv(r, w, attributes),
      };
    }
    case 'scale':
      return {
        forward: (x, w) => ops.mul(x, w),
        transpose: (r, w) => unbroadcast(ops, ops.mul(r, w), input),
      };
  }
}

/** The attributes of the convolution that a transposed convolution is the transpose of. */
export function convAttributes({ attributes }: LayerOf<'transposed-convolution'>): ConvAttributes {
  const { strides, padsBegin, padsEnd, dilations, groups } = attributes;
  return { strides, padsBegin, padsEnd, dilations, groups };
}

/** Shape of the weights' neurons: `groups` blocks of `[outputs, inputs of one neuron]`. */
export interface NeuronLayout {
  readonly neurons: number;
  readonly inputs: number;
  readonly groups: number;
}

export function neuronLayout(layer: LinearLayer): NeuronLayout {
  const shape = layer.parameters['weights']!.tensor.shape;
  switch (layer.kind) {
    case 'dense':
      return { neurons: shape[0]!, inputs: shape[1]!, groups: 1 };
    case 'convolution':
      return {
        neurons: shape[0]!,
        inputs: product(shape.slice(1)),
        groups: layer.attributes.groups,
      };
    case 'transposed-convolution': {
      const { groups } = layer.attributes;
      return {
        neurons: shape[1]! * groups,
        inputs: (shape[0]! / groups) * product(shape.slice(2)),
        groups,
      };
    }
    case 'scale':
      return { neurons: product(shape), inputs: 1, groups: 1 };
  }
}

/** Multiplications and additions of one forward pass for one sample. */
export function multiplyAdds(layer: LinearLayer, input: Shape, output: Shape): number {
  const elements = (shape: Shape): number => sizeOf(shape.slice(1)) as number;
  if (layer.kind === 'transposed-convolution') {
    return elements(input) * product(layer.parameters['weights']!.tensor.shape.slice(1));
  }
  return elements(output) * neuronLayout(layer).inputs;
}
