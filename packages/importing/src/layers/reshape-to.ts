import { type Shape } from '@patternlens/core';
import {
  BATCH,
  divideDims,
  formatShape,
  isBatch,
  sameDim,
  sizeOf,
  type Dim,
} from '@patternlens/core/tensor';
import type { Place } from '../place/place.js';

/** The shape with its one -1 computed; undefined where it does not hold as many values as there are. */
function filledIn(asked: readonly Dim[], total: Dim): Shape | undefined {
  const open = asked.indexOf(-1);
  const given = asked.filter((_, axis) => axis !== open);
  if (given.some((dim) => !isBatch(dim) && dim < 0) || given.filter(isBatch).length > 1)
    return undefined;
  const size = sizeOf(given);
  if (open < 0) return sameDim(size, total) ? asked : undefined;
  const rest = divideDims(total, size);
  return rest === undefined ? undefined : asked.map((dim, axis) => (axis === open ? rest : dim));
}

/** The shape that a reshape asks for: -1 takes what is left, and where the file fixed its batch to 1 a 1 in its place is the batch. */
export function reshapeTo(
  place: Place,
  input: Shape,
  wanted: readonly Dim[],
  batchWasFixed: boolean,
): Shape {
  const total = sizeOf(input);
  const batch = input.findIndex(isBatch);
  const attempts =
    batchWasFixed && batch >= 0 && wanted[batch] === 1
      ? [wanted.map((dim, axis) => (axis === batch ? BATCH : dim)), wanted]
      : [wanted];
  for (const attempt of attempts) {
    const found = filledIn(attempt, total);
    if (found) return found;
  }
  return place.invalid(`${formatShape(input)} does not reshape to ${formatShape(wanted)}.`);
}
