import { commonShape } from '@patternlens/core/tensor';
import { NodeView } from '../place/node-view.js';
import type { Place } from '../place/place.js';
import { LARGEST_CONSTANT, LARGEST_MAP } from '../values/limits.js';

/** The number of elements of a constant that is made while a file is read.
 * @param atLeast What is allowed in any case; more is where the node's own constants are larger.
 * @throws PatternLensError `invalid-file` where it would be too large to hold, or is no number of elements. */
export function limitElements(
  place: Place,
  count: number,
  atLeast: number = LARGEST_CONSTANT,
): number {
  const inputs = place instanceof NodeView ? place.inputs : [];
  const given = inputs.map((input) => (input?.kind === 'constant' ? input.tensor.data.length : 0));
  const largest = Math.max(atLeast, ...given);
  if (Number.isSafeInteger(count) && count >= 0 && count <= largest) return count;
  return place.invalid(
    `it would make a constant of ${count} values; 0 to ${largest} are computed while a file is read.`,
  );
}

/** The same for a constant of the given sizes. */
export function limitShape(place: Place, sizes: readonly number[]): number {
  for (const size of sizes) limitElements(place, size);
  return limitElements(
    place,
    sizes.reduce((total, size) => total * size, 1),
  );
}

export function limitBroadcast(place: Place, ...shapes: readonly (readonly number[])[]): void {
  const common = commonShape(...shapes);
  limitElements(
    place,
    common.reduce((total, size) => total * size, 1),
  );
}

/** The same for the matrix of a linear map.
 * @throws PatternLensError `unsupported-operation` where it would be too large. */
export function limitMatrix(place: Place, rows: number, columns: number): number {
  const count = rows * columns;
  if (count <= LARGEST_MAP) return count;
  return place.unsupported(
    `it maps ${columns} values to ${rows}; a map of ${LARGEST_MAP} pairs is the largest that is supported.`,
  );
}
