import { permuteParameter, reshapeParameter, type Parameter } from '@patternlens/core';
import { activate, activationNamed } from '../build/activation.js';
import {
  convolve,
  convolveDepthwise,
  convolveTransposed,
  type ConvolutionSpec,
} from '../build/convolution.js';
import { multiplyLast } from '../build/dense.js';
import { addConstant, beside } from '../build/elementwise.js';
import { permute } from '../build/layout.js';
import type { Padding, WindowSpec } from '../build/windows.js';
import type { ImportContext } from '../import-context.js';
import type { RuntimeValue } from '../values.js';
import type { NodeView } from './node-view.js';
import type { Operation } from './operation.js';

export const isChannelsLast = (node: NodeView): boolean =>
  !node.string('data_format', 'NHWC').startsWith('NC');

/** The entries of a list for all axes that stand for the spatial ones. */
function spatialEntries(node: NodeView, name: string, rank: number): readonly number[] {
  const values = node.ints(name);
  if (values === undefined || values.length === 0) return new Array<number>(rank).fill(1);
  if (values.length !== rank + 2)
    node.invalid(`its ${name} [${values.join(', ')}] are not ${rank + 2} numbers.`);
  const last = isChannelsLast(node);
  const others = last ? [values[0], values.at(-1)] : values.slice(0, 2);
  if (others.some((value) => value !== 1))
    node.unsupported(`its ${name} [${values.join(', ')}] move along the batch or the channels.`);
  return last ? values.slice(1, -1) : values.slice(2);
}

function paddingOf(node: NodeView, rank: number): Padding {
  const padding = node.string('padding', 'VALID');
  if (padding === 'SAME') return 'same';
  if (padding === 'VALID') return 'valid';
  const given = node.ints('explicit_paddings') ?? [];
  if (padding !== 'EXPLICIT' || given.length !== 2 * (rank + 2))
    return node.invalid(`its padding "${padding}" is not SAME, VALID or EXPLICIT with numbers.`);
  const pairs = Array.from({ length: rank + 2 }, (_, axis) => given.slice(2 * axis, 2 * axis + 2));
  const own = isChannelsLast(node) ? pairs.slice(1, -1) : pairs.slice(2);
  return { begin: own.map(([begin]) => begin!), end: own.map(([, end]) => end!) };
}

export function windowSpec(node: NodeView, rank: number): WindowSpec {
  return {
    strides: spatialEntries(node, 'strides', rank),
    dilations: spatialEntries(node, 'dilations', rank),
    padding: paddingOf(node, rank),
    channelsLast: isChannelsLast(node),
  };
}

export const kernelSizes = (node: NodeView, rank: number): readonly number[] =>
  spatialEntries(node, 'ksize', rank);

/** What is fused behind an operation, in its order. */
function fusedParts(node: NodeView): { bias: Parameter | undefined; after: readonly string[] } {
  const parts = node.strings('fused_ops');
  const hasBias = parts[0] === 'BiasAdd';
  return {
    bias: hasBias ? node.parameter(2, 'bias') : undefined,
    after: hasBias ? parts.slice(1) : parts,
  };
}

/** Adds the activations that are fused into a node. */
function fused(
  node: NodeView,
  context: ImportContext,
  value: RuntimeValue,
  after: readonly string[],
): RuntimeValue {
  return after.reduce((x, name) => {
    if (name === 'Prelu') {
      const slope = beside(node, node.parameter(node.inputs.length - 1, 'slope'), x);
      return context.layer(
        node,
        'activation',
        {
          inputs: [x],
          attributes: { function: 'parametric-rectifier' },
          parameters: { slope },
          word: 'prelu',
        },
        x.channelsFirst,
      );
    }
    const activation =
      name === 'LeakyRelu'
        ? ({
            kind: 'activation',
            attributes: { function: 'leaky-rectifier', slope: node.float('leakyrelu_alpha', 0.2) },
          } as const)
        : (activationNamed(name) ?? node.unsupported(`"${name}" is fused into it.`));
    return activate(context, node, x, activation, true);
  }, value);
}

type Convolver = (
  context: ImportContext,
  node: NodeView,
  x: RuntimeValue,
  spec: ConvolutionSpec,
) => RuntimeValue;

const convolution =
  (rank: number, make: Convolver): Operation =>
  (node, context) => {
    const { bias, after } = fusedParts(node);
    const value = make(context, node, node.runtime(0), {
      ...windowSpec(node, rank),
      kernel: node.parameter(1, 'kernel'),
      bias,
    });
    return fused(node, context, value, after);
  };

/** The kernel and the image of the backward operation are the convolution's own: what it makes is the convolution's input. */
const transposed =
  (rank: number): Operation =>
  (node, context) => {
    const spec = windowSpec(node, rank);
    const sizes = node.dims(0, 'output shape');
    const output = (spec.channelsLast ? sizes.slice(1, -1) : sizes.slice(2)).map((dim) =>
      typeof dim === 'number' ? dim : node.unsupported('its output shape depends on the batch.'),
    );
    return convolveTransposed(context, node, node.runtime(2), {
      ...spec,
      kernel: node.parameter(1, 'kernel'),
      bias: undefined,
      output,
    });
  };

const matMul: Operation = (node, context) => {
  const x = node.runtime(0);
  const { bias, after } = fusedParts(node);
  if (node.flag('transpose_a'))
    node.unsupported('it transposes its input, which puts the batch last.');
  const kernel = node.parameter(1, 'kernel');
  if (kernel.tensor.shape.length !== 2) node.invalid('its kernel is no matrix.');
  const own = node.flag('transpose_b') ? permuteParameter(kernel, [1, 0]) : kernel;
  return fused(node, context, multiplyLast(context, node, x, own, bias), after);
};

/** The matrix with its last two axes exchanged. */
function swapped(
  context: ImportContext,
  node: NodeView,
  x: RuntimeValue,
  word: string,
): RuntimeValue {
  const axes = x.shape.map((_, axis) => axis);
  return permute(context, node, x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2], word);
}

const batchMatMul: Operation = (node, context) => {
  const [a, b] = [node.runtime(0), node.input(1)];
  const left = node.flag('adj_x') ? swapped(context, node, a, 'left') : a;
  if (b.kind !== 'runtime') {
    const stored = node.parameter(1, 'kernel');
    const { shape } = stored.tensor;
    if (shape.slice(0, -2).some((size) => size !== 1))
      node.unsupported(`its constant of shape [${shape.join(', ')}]; a matrix is supported.`);
    const matrix = reshapeParameter(stored, shape.slice(-2));
    return multiplyLast(
      context,
      node,
      left,
      node.flag('adj_y') ? permuteParameter(matrix, [1, 0]) : matrix,
    );
  }
  const right = node.flag('adj_y') ? swapped(context, node, b, 'right') : b;
  return context.layer(
    node,
    'matrix-product',
    { inputs: [context.plain(left), context.plain(right)], attributes: {} },
    false,
  );
};

const biasAdd: Operation = (node, context) => {
  const x = node.runtime(0);
  const bias = node.parameter(1, 'bias');
  const behind = isChannelsLast(node) ? 0 : Math.max(x.shape.length - 2, 0);
  const shape = [bias.tensor.data.length, ...new Array<number>(behind).fill(1)];
  return addConstant(context, node, x, reshapeParameter(bias, shape));
};

const conv2d = convolution(2, convolve),
  depthwise2d = convolution(2, convolveDepthwise);

export const linearOperations: Readonly<Record<string, Operation>> = {
  BatchMatMul: batchMatMul,
  BatchMatMulV2: batchMatMul,
  BiasAdd: biasAdd,
  Conv2D: conv2d,
  Conv2DBackpropInput: transposed(2),
  Conv3D: convolution(3, convolve),
  DepthwiseConv2d: depthwise2d,
  DepthwiseConv2dNative: depthwise2d,
  FusedDepthwiseConv2dNative: depthwise2d,
  MatMul: matMul,
  _FusedConv2D: conv2d,
  _FusedMatMul: matMul,
};
