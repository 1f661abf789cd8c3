import {
  BATCH,
  divideDims,
  formatShape,
  isBatch,
  sameDim,
  sizeOf,
  type Dim,
  type Shape,
} from '@patternlens/core';
import type { NodeView } from '../node-view.js';

/** The shape that a reshape asks for: 0 copies a size of the input, -1 takes what is left, and where the file fixed its batch to 1 a leading 1 is
 * the batch. */
export function reshapeTo(
  node: NodeView,
  input: Shape,
  wanted: readonly Dim[],
  batchWasFixed: boolean,
): Shape {
  const copies = node.int('allowzero', 0) === 0;
  const asked = wanted.map((dim, axis) =>
    dim === 0 && copies
      ? (input[axis] ??
        node.invalid(
          `it copies axis ${axis}, which its input of shape ${formatShape(input)} lacks.`,
        ))
      : dim,
  );
  const total = sizeOf(input);
  const attempts =
    batchWasFixed && isBatch(input[0]) && asked[0] === 1
      ? [[BATCH, ...asked.slice(1)], asked]
      : [asked];
  for (const attempt of attempts) {
    const filled = fillIn(attempt, total);
    if (filled) return filled;
  }
  return node.invalid(
    `${formatShape(input)} does not reshape to [${wanted.map((dim) => (isBatch(dim) ? formatShape([dim]).slice(1, -1) : dim)).join(', ')}].`,
  );
}

/** The shape with its one -1 computed; undefined where it does not hold as many values as there are. */
function fillIn(asked: readonly Dim[], total: Dim): Shape | undefined {
  const open = asked.indexOf(-1);
  const given = asked.filter((_, axis) => axis !== open);
  if (given.some((dim) => !isBatch(dim) && dim < 0)) return undefined;
  if (given.filter(isBatch).length > 1) return undefined;
  const size = sizeOf(given);
  if (open < 0) return sameDim(size, total) ? asked : undefined;
  const rest = divideDims(total, size);
  return rest === undefined ? undefined : asked.map((dim, axis) => (axis === open ? rest : dim));
}
