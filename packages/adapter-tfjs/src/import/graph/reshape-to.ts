import {
  BATCH,
  divideDims,
  formatDim,
  formatShape,
  isBatch,
  sameDim,
  sizeOf,
  type Dim,
  type Shape,
} from '@patternlens/core';
import type { NodeView } from './node-view.js';

/** The shape with its one -1 computed; undefined where it does not hold as many values as there are. */
function filled(asked: readonly Dim[], total: Dim): Shape | undefined {
  const open = asked.indexOf(-1);
  const given = asked.filter((_, axis) => axis !== open);
  if (given.some((dim) => !isBatch(dim) && dim < 1) || given.filter(isBatch).length > 1)
    return undefined;
  const size = sizeOf(given);
  if (open < 0) return sameDim(size, total) ? asked : undefined;
  const rest = divideDims(total, size);
  return rest === undefined ? undefined : asked.map((dim, axis) => (axis === open ? rest : dim));
}

/** The shape that a reshape asks for: -1 takes what is left, and where the file fixed its batch to 1 a leading 1 is the batch. */
export function reshapeTo(
  node: NodeView,
  input: Shape,
  wanted: readonly Dim[],
  batchWasFixed: boolean,
): Shape {
  const total = sizeOf(input);
  const first = wanted[0];
  const attempts =
    batchWasFixed && isBatch(input[0]) && first === 1
      ? [[BATCH, ...wanted.slice(1)], wanted]
      : [wanted];
  for (const attempt of attempts) {
    const found = filled(attempt, total);
    if (found) return found;
  }
  return node.invalid(
    `${formatShape(input)} does not reshape to [${wanted.map(formatDim).join(', ')}].`,
  );
}
