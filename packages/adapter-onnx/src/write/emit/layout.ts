import { type Shape } from '@patternlens/core';
import { isBatch, sameDim } from '@patternlens/core/tensor';
import type { EmitScope, Emitter } from './emitter.js';

/** A shape as an input of `Reshape`. A batch that stays in its place is copied, so that the runtime can tell that it is the same; else the axis that
 * depends on the batch is what is left. */
function reshapeTarget({ graph, operands: [x] }: EmitScope, shape: Shape): string {
  return graph.integers(
    shape.map((dim, axis) => (isBatch(dim) ? (sameDim(x!.shape[axis], dim) ? 0 : -1) : dim)),
  );
}

/** A shape as an input of `Expand`. An axis that the operand already has in full may be given as 1. */
function expandTarget({ graph, batch, operands: [x] }: EmitScope, shape: Shape): string {
  const lead = shape.length - x!.shape.length;
  const parts = shape.map((dim, axis) =>
    isBatch(dim) && sameDim(x!.shape[axis - lead], dim) ? 1 : dim,
  );
  if (!parts.some(isBatch)) return graph.integers(parts as number[]);
  const names = parts.map((dim) => {
    if (!isBatch(dim)) return graph.integers([dim]);
    return dim.batch === 1 ? batch() : graph.node('Mul', [batch(), graph.integers([dim.batch])]);
  });
  return graph.node('Concat', names, { axis: 0 });
}

const reshape: Emitter<'reshape'> = (operation, scope) =>
  scope.graph.node('Reshape', [scope.operands[0]!.floats(), reshapeTarget(scope, operation.shape)]);

const transpose: Emitter<'transpose'> = ({ permutation }, { graph, operands: [x] }) =>
  graph.node('Transpose', [x!.floats()], { perm: permutation });

const broadcast: Emitter<'broadcast'> = ({ shape }, scope) =>
  scope.graph.node('Expand', [scope.operands[0]!.floats(), expandTarget(scope, shape)]);

const pad: Emitter<'pad'> = ({ begin, end, value }, { graph, operands: [x] }) =>
  graph.node('Pad', [x!.floats(), graph.integers([...begin, ...end]), graph.scalar(value)], {
    mode: 'constant',
  });

const slice: Emitter<'slice'> = ({ starts, sizes, steps }, { graph, operands: [x] }) => {
  const axes = starts
    .map((_, axis) => axis)
    .filter((axis) => !sameDim(sizes[axis], x!.shape[axis]));
  const ends = axes.map((axis) => starts[axis]! + ((sizes[axis] as number) - 1) * steps[axis]! + 1);
  const of = (values: readonly number[]): string =>
    graph.integers(axes.map((axis) => values[axis]!));
  return graph.node('Slice', [
    x!.floats(),
    of(starts),
    graph.integers(ends),
    graph.integers(axes),
    of(steps),
  ]);
};

const concat: Emitter<'concat'> = ({ axis }, { graph, operands }) =>
  graph.node(
    'Concat',
    operands.map((operand) => operand.floats()),
    { axis },
  );

const gather: Emitter<'gather'> = ({ axis, indices }, { graph, operands: [x] }) =>
  graph.node('Gather', [x!.floats(), graph.integers(indices)], { axis });

/** Emitters of what lays values out anew. */
export const layout = { reshape, transpose, broadcast, pad, slice, concat, gather };
