import type { Value } from '../../program/program-builder.js';
import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition, LayerScope } from '../layer-definition.js';
import { reducedCount, reducedReach, type ReducedAxes } from './reduced-axes.js';

/** The first largest entry over the axes, in row-major order: `[.., reduced]` flattened behind the axes that stay. */
function winners({ ops, inputs, mask }: LayerScope, axes: readonly number[]): Value {
  const [x] = inputs;
  const rest = x!.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const permutation = [...rest, ...axes];
  const moved = permutation.map((axis) => x!.shape[axis]!);
  const total = reducedCount(x!.shape, axes);
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

/** The largest over the given axes. */
export const maximumOverAxes: LayerDefinition<ReducedAxes> = {
  group: 'maximum',
  axisOrder: 'unknown',
  forward: ({ attributes: { axes } }, scope) => {
    const winner = winners(scope, axes);
    return scope.masksGiven
      ? scope.ops.reduceSum(scope.ops.mul(scope.inputs[0]!, winner), axes)
      : scope.ops.reduceMax(scope.inputs[0]!, axes);
  },
  gradient: ({ attributes: { axes } }, scope, _output, r) => [
    scope.ops.mul(r, winners(scope, axes)),
  ],
  reach: reducedReach,
  expectedMagnitude: passedMagnitude,
};
