import { permuteParameter, reshapeParameter, type Parameter } from '@patternlens/core/network';
import {
  build,
  constantValue,
  einsum,
  parameterOf,
  smooth,
  type ConstantValue,
  type ImportContext,
  type Operation,
  type Padding,
  type RuntimeValue,
  type WindowSpec,
} from '@patternlens/importing';
import { activationNamed } from '../activation-names.js';
import {
  convolve,
  convolveDepthwise,
  convolveTransposed,
  type ConvolutionSpec,
} from '../convolution.js';
import type { TfjsNode } from './node-view.js';

export const isChannelsLast = (node: TfjsNode): boolean =>
  !node.string('data_format', 'NHWC').startsWith('NC');

/** The entries of a list for all axes that stand for the spatial ones. */
function spatialEntries(node: TfjsNode, name: string, rank: number): readonly number[] {
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

function paddingOf(node: TfjsNode, rank: number): Padding {
  const padding = node.string('padding', 'VALID');
  if (padding === 'SAME') return 'same';
  if (padding === 'VALID') return 'valid';
  const given = node.ints('explicit_paddings') ?? [];
  if (padding !== 'EXPLICIT' || given.length !== 2 * (rank + 2))
    return node.invalid(`its padding "${padding}" is not SAME, VALID or EXPLICIT with numbers.`);
  const pairs = Array.from({ length: rank + 2 }, (_, axis) => given.slice(2 * axis, 2 * axis + 2));
  const spatial = isChannelsLast(node) ? pairs.slice(1, -1) : pairs.slice(2);
  return { begin: spatial.map(([begin]) => begin!), end: spatial.map(([, end]) => end!) };
}

export function windowSpec(node: TfjsNode, rank: number): WindowSpec {
  return {
    strides: spatialEntries(node, 'strides', rank),
    dilations: spatialEntries(node, 'dilations', rank),
    padding: paddingOf(node, rank),
    channelsLast: isChannelsLast(node),
  };
}

export const kernelSizes = (node: TfjsNode, rank: number): readonly number[] =>
  spatialEntries(node, 'ksize', rank);

/** What is fused behind an operation, in its order. */
function fusedParts(node: TfjsNode): { bias: Parameter | undefined; after: readonly string[] } {
  const parts = node.strings('fused_ops');
  const hasBias = parts[0] === 'BiasAdd';
  return {
    bias: hasBias ? node.parameter(2, 'bias') : undefined,
    after: hasBias ? parts.slice(1) : parts,
  };
}

/** Adds the activations that are fused into a node. */
function fused(
  node: TfjsNode,
  context: ImportContext,
  value: RuntimeValue,
  after: readonly string[],
): RuntimeValue {
  return after.reduce((x, name) => {
    if (name === 'Prelu') {
      const slope = node.parameter(node.inputs.length - 1, 'slope');
      return build.rectifyByParameter(context, node.part('prelu'), x, slope);
    }
    const activation =
      name === 'LeakyRelu'
        ? smooth({ function: 'leaky-rectifier', slope: node.float('leakyrelu_alpha', 0.2) })
        : (activationNamed(name) ?? node.unsupported(`"${name}" is fused into it.`));
    return build.activateBehind(context, node, x, activation);
  }, value);
}

type Convolver = (
  context: ImportContext,
  node: TfjsNode,
  x: RuntimeValue,
  spec: ConvolutionSpec,
) => RuntimeValue;

const convolution =
  (rank: number, make: Convolver): Operation<TfjsNode> =>
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
  (rank: number): Operation<TfjsNode> =>
  (node, context) => {
    const spec = windowSpec(node, rank);
    const sizes = node.dimsAt(0, 'output shape');
    const spatial = spec.channelsLast ? sizes.slice(1, -1) : sizes.slice(2);
    const output = node.withoutBatch(spatial, 'output shape');
    return convolveTransposed(context, node, node.runtime(2), {
      ...spec,
      kernel: node.parameter(1, 'kernel'),
      bias: undefined,
      output,
    });
  };

type Factor = RuntimeValue | ConstantValue;

/** A factor of a product of matrices, turned where the node asks for that. */
function factorAt(node: TfjsNode, context: ImportContext, index: number, turns: boolean): Factor {
  const value = node.input(index);
  if (value.kind === 'sizes')
    return node.unsupported('it multiplies a size that depends on the batch.');
  if (!turns) return value;
  if (value.kind === 'runtime')
    return build.transposeLast(context, node.part(`turn-${index}`), value);
  const axes = value.tensor.shape.map((_, axis) => axis);
  const order = [...axes.slice(0, -2), axes.length - 1, axes.length - 2];
  return constantValue(permuteParameter(parameterOf(value), order), value.type);
}

/** A product of matrices, and what is fused behind it.
 * @param left, right The attributes that say that a factor is turned. */
const product =
  (left: string, right: string): Operation<TfjsNode> =>
  (node, context) => {
    const { bias, after } = fusedParts(node);
    const a = factorAt(node, context, 0, node.flag(left));
    const stored = node.input(1);
    // A matrix behind a computed value stays as the file has it: its pattern is written so.
    if (a.kind === 'runtime' && stored.kind === 'constant' && stored.tensor.shape.length === 2) {
      const parts = { matrix: parameterOf(stored), transposed: node.flag(right), bias };
      return fused(node, context, build.multiplyLast(context, node, a, parts), after);
    }
    const b = factorAt(node, context, 1, node.flag(right));
    if (!bias) return fused(node, context, build.multiplyMatrices(context, node, a, b), after);
    const made = build.multiplyMatrices(context, node.part('product'), a, b);
    return fused(node, context, build.addConstant(context, node, made, bias), after);
  };

const matMul = product('transpose_a', 'transpose_b');
const batchMatMul = product('adj_x', 'adj_y');

const sumOfProducts: Operation<TfjsNode> = (node, context) =>
  einsum(
    context,
    node,
    node.string('equation', ''),
    node.inputs.map((_, index) => factorAt(node, context, index, false)),
  );

const biasAdd: Operation<TfjsNode> = (node, context) => {
  const x = node.runtime(0);
  const bias = node.parameter(1, 'bias');
  const behind = isChannelsLast(node) ? 0 : Math.max(x.shape.length - 2, 0);
  const shape = [bias.tensor.data.length, ...new Array<number>(behind).fill(1)];
  return build.addConstant(context, node, x, reshapeParameter(bias, shape));
};

const conv2d = convolution(2, convolve),
  depthwise2d = convolution(2, convolveDepthwise);

export const linearOperations: Readonly<Record<string, Operation<TfjsNode>>> = {
  BatchMatMul: batchMatMul,
  BatchMatMulV2: batchMatMul,
  BiasAdd: biasAdd,
  Conv2D: conv2d,
  Conv2DBackpropInput: transposed(2),
  Conv3D: convolution(3, convolve),
  DepthwiseConv2d: depthwise2d,
  DepthwiseConv2dNative: depthwise2d,
  FusedDepthwiseConv2dNative: depthwise2d,
  Einsum: sumOfProducts,
  MatMul: matMul,
  _FusedConv2D: conv2d,
  _FusedMatMul: matMul,
};
