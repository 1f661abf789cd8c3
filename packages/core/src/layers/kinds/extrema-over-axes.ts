import type { ProgramBuilder, Value } from '../../program/program-builder.js';
import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition, LayerScope } from '../layer-definition.js';
import { reducedCount, reducedReach, type ReducedAxes } from './reduced-axes.js';

/** The first largest entry of what is compared over the axes, in row-major order: `[.., reduced]` flattened behind the axes that stay. */
function winners(
  { ops, inputs, mask }: LayerScope,
  axes: readonly number[],
  towards: (ops: ProgramBuilder, x: Value) => Value,
): Value {
  const [x] = inputs;
  const rest = x!.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const permutation = [...rest, ...axes];
  const moved = permutation.map((axis) => x!.shape[axis]!);
  const total = reducedCount(x!.shape, axes);
  return mask('winner', () => {
    const flat = ops.reshape(ops.transpose(towards(ops, x!), permutation), [
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

/** The largest of the values, or of their negatives, over the given axes. */
function extremumOverAxes(
  towards: (ops: ProgramBuilder, x: Value) => Value,
): LayerDefinition<ReducedAxes> {
  return {
    group: 'maximum',
    axisOrder: 'unknown',
    forward: ({ attributes: { axes } }, scope) => {
      const { ops, inputs, masksGiven } = scope;
      const winner = winners(scope, axes, towards);
      return masksGiven
        ? ops.reduceSum(ops.mul(inputs[0]!, winner), axes)
        : towards(ops, ops.reduceMax(towards(ops, inputs[0]!), axes));
    },
    gradient: ({ attributes: { axes } }, scope, _output, r) => [
      scope.ops.mul(r, winners(scope, axes, towards)),
    ],
    reach: reducedReach,
    expectedMagnitude: passedMagnitude,
  };
}

/** The largest over the given axes. */
export const maximumOverAxes = extremumOverAxes((_ops, x) => x);

/** The smallest over the given axes. */
export const minimumOverAxes = extremumOverAxes((ops, x) => ops.neg(x));
