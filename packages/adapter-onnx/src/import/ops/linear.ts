import {
  formatDim,
  mapTensor,
  permuteParameter,
  reshapeParameter,
  type Parameter,
} from '@patternlens/core';
import type { Handler } from '../handler.js';
import type { ConstantValue } from '../imported.js';
import type { NodeView } from '../node-view.js';
import { autoPadOf, checked, padsOf, spatialOf, stepsOf, windowOf } from './windows.js';

const parameter = ({ tensor, origin }: ConstantValue): Parameter =>
  origin ? { tensor, origin } : { tensor };

function bias(
  node: NodeView,
  index: number,
  channels: number,
  spatial: number,
): Parameter | undefined {
  const value = node.optionalConstant(index, 'bias');
  if (!value) return undefined;
  if (value.tensor.data.length !== channels)
    node.invalid(`its bias has ${value.tensor.data.length} values for ${channels} channels.`);
  return reshapeParameter(parameter(value), [channels, ...new Array<number>(spatial).fill(1)]);
}

function checkKernel(node: NodeView, kernel: readonly number[]): void {
  const stated = node.ints('kernel_shape');
  if (stated && stated.join() !== kernel.join())
    node.invalid(
      `its kernel_shape [${stated.join(', ')}] is not that of its weights, [${kernel.join(', ')}].`,
    );
}

export const Conv: Handler = (node, context) => {
  const x = node.runtime(0);
  const weights = parameter(node.constant(1, 'weights'));
  const [outputs, perGroup, ...kernel] = weights.tensor.shape as [number, number, ...number[]];
  const spatial = spatialOf(node, x.shape);
  const groups = node.int('group', 1);
  checkKernel(node, kernel);
  if (
    kernel.length !== spatial.length ||
    x.shape[1] !== perGroup * groups ||
    outputs % groups !== 0
  ) {
    node.invalid(
      `weights of shape [${weights.tensor.shape.join(', ')}] in ${groups} groups do not fit an input of ${formatDim(x.shape[1])} channels and ${spatial.length} spatial axes.`,
    );
  }
  const { strides, dilations, padsBegin, padsEnd } = windowOf(node, { kernel, spatial });
  context.layer(
    node,
    'convolution',
    [x],
    { strides, dilations, padsBegin, padsEnd, groups },
    { weights, bias: bias(node, 2, outputs, kernel.length) },
  );
};

export const ConvTranspose: Handler = (node, context) => {
  const x = node.runtime(0);
  const weights = parameter(node.constant(1, 'weights'));
  const [inputs, perGroup, ...kernel] = weights.tensor.shape as [number, number, ...number[]];
  const spatial = spatialOf(node, x.shape);
  const groups = node.int('group', 1);
  checkKernel(node, kernel);
  if (kernel.length !== spatial.length || x.shape[1] !== inputs || inputs % groups !== 0) {
    node.invalid(
      `weights of shape [${weights.tensor.shape.join(', ')}] in ${groups} groups do not fit an input of ${formatDim(x.shape[1])} channels and ${spatial.length} spatial axes.`,
    );
  }
  const { strides, dilations } = stepsOf(node, kernel);
  const none = kernel.map(() => 0);
  const given = checked(node, 'output_padding', node.ints('output_padding') ?? none, kernel.length);
  if (given.some((size) => size < 0))
    node.invalid(`its output_padding [${given.join(', ')}] must not be negative.`);
  const reach = spatial.map(
    (size, axis) =>
      (size - 1) * strides[axis]! + (kernel[axis]! - 1) * dilations[axis]! + 1 + given[axis]!,
  );
  const wanted = wantedSpatial(node, spatial, strides, reach);
  // What is asked for beyond the reach of the windows is added as output_padding is.
  const beyond = reach.map((size, axis) => Math.max(0, (wanted?.[axis] ?? 0) - size));
  const extra = given.map((size, axis) => size + beyond[axis]!);
  const full = reach.map((size, axis) => size + beyond[axis]!);
  const pads = transposedPads(node, full, wanted);
  const outputSpatial = full.map((size, axis) => size - pads.begin[axis]! - pads.end[axis]!);
  // The convolution that this is the transpose of sees the output; its end pads leave out what output_padding adds.
  const padsEnd = pads.end.map((size, axis) => Math.max(0, size - extra[axis]!));
  if (pads.end.some((size, axis) => size < extra[axis]! && extra[axis]! - size >= strides[axis]!))
    node.unsupported(
      `its output of [${outputSpatial.join(', ')}] is larger than its windows reach in strides of [${strides.join(', ')}].`,
    );
  context.layer(
    node,
    'transposed-convolution',
    [x],
    { strides, dilations, padsBegin: pads.begin, padsEnd, groups, outputSpatial },
    { weights, bias: bias(node, 2, perGroup * groups, kernel.length) },
  );
};

/** The spatial sizes that a transposed convolution is asked for, where its pads follow from them. */
function wantedSpatial(
  node: NodeView,
  spatial: readonly number[],
  strides: readonly number[],
  reach: readonly number[],
): readonly number[] | undefined {
  const wanted = node.ints('output_shape')?.slice(-spatial.length);
  if (wanted) return checked(node, 'output_shape', wanted, spatial.length);
  // Where strides are larger than kernels, the runtimes leave out what the windows do not reach.
  return autoPadOf(node).startsWith('SAME')
    ? spatial.map((size, axis) => Math.min(size * strides[axis]!, reach[axis]!))
    : undefined;
}

function transposedPads(
  node: NodeView,
  full: readonly number[],
  wanted: readonly number[] | undefined,
): { begin: number[]; end: number[] } {
  const auto = autoPadOf(node);
  if (wanted) {
    const totals = full.map((size, axis) => size - wanted[axis]!);
    const half = totals.map((total) => Math.floor(total / 2));
    const rest = totals.map((total, axis) => total - half[axis]!);
    return auto === 'SAME_UPPER' ? { begin: half, end: rest } : { begin: rest, end: half };
  }
  return auto === 'VALID'
    ? { begin: full.map(() => 0), end: full.map(() => 0) }
    : padsOf(node, full.length);
}

export const Gemm: Handler = (node, context) => {
  const x = node.runtime(0);
  if (node.int('transA', 0) === 1)
    node.unsupported('it transposes its input, which puts the batch last.');
  const stored = parameter(node.constant(1, 'weights'));
  if (stored.tensor.shape.length !== 2)
    node.invalid(`its weights have shape [${stored.tensor.shape.join(', ')}], not a matrix.`);
  const laidOut = node.int('transB', 0) === 1 ? stored : permuteParameter(stored, [1, 0]);
  const alpha = node.float('alpha', 1),
    beta = node.float('beta', 1);
  const weights =
    alpha === 1
      ? laidOut
      : { ...laidOut, tensor: mapTensor(laidOut.tensor, (value) => value * alpha) };
  const [outputs, inputs] = weights.tensor.shape as [number, number];
  if (x.shape.length !== 2 || x.shape[1] !== inputs)
    node.invalid(
      `weights for ${inputs} inputs do not fit an input of ${formatDim(x.shape.at(-1))}.`,
    );
  const added = node.inputs[2];
  if (added?.kind === 'runtime') {
    const made = context.step(node, 'product', 'dense', [x], {}, { weights });
    const scaled =
      beta === 1
        ? added
        : context.step(
            node,
            'beta',
            'scale',
            [added],
            {},
            { weights: { data: Float64Array.of(beta), shape: [] } },
          );
    context.layer(node, 'add', [made, scaled], { signs: [1, 1] });
    return;
  }
  context.layer(node, 'dense', [x], {}, { weights, bias: gemmBias(node, outputs, beta) });
};

function gemmBias(node: NodeView, outputs: number, beta: number): Parameter | undefined {
  const value = node.optionalConstant(2, 'bias');
  if (!value) return undefined;
  const { data } = value.tensor;
  if (data.length !== 1 && data.length !== outputs)
    node.unsupported(
      `its bias of shape [${value.tensor.shape.join(', ')}] is not one for each of ${outputs} outputs.`,
    );
  const own =
    data.length === outputs
      ? reshapeParameter(parameter(value), [outputs])
      : { tensor: { data: new Float64Array(outputs).fill(data[0]!), shape: [outputs] } };
  return beta === 1 ? own : { ...own, tensor: mapTensor(own.tensor, (number) => number * beta) };
}

export const MatMul: Handler = (node, context) => {
  const left = node.input(0),
    right = node.input(1);
  if (left.kind !== 'runtime') {
    node.unsupported(
      'it multiplies a constant from the left, which mixes the axes of one sample.',
      'Supported: a computed value times a constant matrix, and the product of two computed values.',
    );
    return;
  }
  if (right.kind === 'runtime') {
    context.layer(node, 'matrix-product', [left, right], {});
    return;
  }
  const stored = parameter(node.constant(1, 'weights'));
  if (stored.tensor.shape.length !== 2)
    node.unsupported(
      `its weights have shape [${stored.tensor.shape.join(', ')}]; a matrix is supported.`,
    );
  const weights = permuteParameter(stored, [1, 0]);
  if (left.shape.at(-1) !== weights.tensor.shape[1])
    node.invalid(
      `weights for ${weights.tensor.shape[1]!} inputs do not fit an input of ${formatDim(left.shape.at(-1))}.`,
    );
  context.layer(node, 'dense', [left], {}, { weights });
};
