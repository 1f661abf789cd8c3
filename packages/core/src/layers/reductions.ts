import { PatternLensError } from '../errors/patternlens-error.js';
import type { PoolAttributes } from '../program/window.js';
import type { Value } from '../program/program-builder.js';
import { isBatch, type Shape } from '../tensor/shape.js';
import type { LayerDefinition, LayerScope } from './layer-definition.js';

function count(shape: Shape, axes: readonly number[]): number {
  return axes.reduce((total, axis) => {
    const dim = shape[axis]!;
    if (isBatch(dim))
      throw new PatternLensError(
        'core',
        'invalid-shape',
        'a mean over the batch axis is not a mean of one sample.',
      );
    return total * dim;
  }, 1);
}

export const sum: LayerDefinition<'sum'> = {
  forward: ({ attributes }, { ops, inputs }) => ops.reduceSum(inputs[0]!, attributes.axes),
  gradient: (_layer, { ops, inputs }, _output, r) => [ops.broadcast(r, inputs[0]!.shape)],
};

/** A mean over all spatial axes as one window that covers them: runtimes have fast kernels for it. */
function coveringWindow(shape: Shape, axes: readonly number[]): PoolAttributes | undefined {
  const kernel = shape.slice(2) as number[];
  if (
    kernel.length === 0 ||
    kernel.length > 3 ||
    axes.length !== kernel.length ||
    axes.includes(0) ||
    axes.includes(1)
  )
    return undefined;
  const ones = kernel.map(() => 1),
    zeros = kernel.map(() => 0);
  return { kernel, strides: ones, dilations: ones, padsBegin: zeros, padsEnd: zeros };
}

export const mean: LayerDefinition<'mean'> = {
  forward: ({ attributes: { axes } }, { ops, inputs }) => {
    const [x] = inputs;
    const window = coveringWindow(x!.shape, axes);
    return window
      ? ops.avgPool(x!, window)
      : ops.mul(ops.reduceSum(x!, axes), ops.scalar(1 / count(x!.shape, axes)));
  },
  gradient: ({ attributes: { axes } }, { ops, inputs }, _output, r) => {
    const { shape } = inputs[0]!;
    return [ops.broadcast(ops.mul(r, ops.scalar(1 / count(shape, axes))), shape)];
  },
};

/** The first largest entry over the axes, in row-major order: `[.., reduced]` flattened behind the axes that stay. */
function winners({ ops, inputs, mask }: LayerScope, axes: readonly number[]): Value {
  const [x] = inputs;
  const rest = x!.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const permutation = [...rest, ...axes];
  const moved = permutation.map((axis) => x!.shape[axis]!);
  const total = count(x!.shape, axes);
  return mask('winner', () => {
    const flat = ops.reshape(ops.transpose(x!, permutation), [
      ...moved.slice(0, rest.length),
      total,
    ]);
    const first = ops.reshape(ops.oneHot(ops.argMax(flat), total), moved);
    return ops.transpose(
      first,
      permutation.map((_, axis) => permutation.indexOf(axis)),
    );
  });
}

export const maximumOverAxes: LayerDefinition<'maximum-over-axes'> = {
  forward: ({ attributes: { axes } }, scope) => {
    const winner = winners(scope, axes);
    return scope.masksGiven
      ? scope.ops.reduceSum(scope.ops.mul(scope.inputs[0]!, winner), axes)
      : scope.ops.reduceMax(scope.inputs[0]!, axes);
  },
  gradient: ({ attributes: { axes } }, scope, _output, r) => [
    scope.ops.mul(r, winners(scope, axes)),
  ],
};
