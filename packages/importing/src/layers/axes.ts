import { type Shape } from '@patternlens/core';
import { isBatch, type Dim } from '@patternlens/core/tensor';
import type { ImportContext } from '../network/import-context.js';
import { SAMPLES_ALONE, type Place } from '../place/place.js';
import { range } from '../values/axis-order.js';
import type { RuntimeValue } from '../values/values.js';

/** An axis counted from the front, which must not be the batch. */
export function axisOfSample(place: Place, x: RuntimeValue, axis: number): number {
  const counted = place.axis(axis, x.shape.length);
  sizeAlong(place, x.shape, counted);
  return counted;
}

/** The size of an axis that must not be the batch. */
export function sizeAlong(place: Place, shape: Shape, axis: number): number {
  const dim = shape[axis]!;
  return isBatch(dim) ? place.unsupported('it works along the batch axis.', SAMPLES_ALONE) : dim;
}

/** A value whose given axes of the model, none of which may be the batch, are axes of the network other than that of its samples; and which those are. */
export function along(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  axes: readonly number[],
): { value: RuntimeValue; axes: number[] } {
  for (const axis of axes) sizeAlong(place, x.shape, axis);
  const value = axes.includes(x.order[0]!) ? context.whole(x) : x;
  return { value, axes: axes.map((axis) => value.order.indexOf(axis)) };
}

/** The parts of each sample along the batch axis, all of which stand before the batch: there it may be cut, and be continued, part by part.
 * @throws PatternLensError where samples stand apart from their parts. */
export function partsBefore(place: Place, { batch, shape }: RuntimeValue, axis: number): number {
  const size = shape[axis];
  return isBatch(size) && batch?.axis === axis && batch.before === size.batch
    ? size.batch
    : place.unsupported('it works along the batch axis.', SAMPLES_ALONE);
}

/** Sizes with new axes of size 1 at the given places, counted in the result. */
export function withAxes<D extends Dim>(shape: readonly D[], axes: readonly number[]): (D | 1)[] {
  const made: (D | 1)[] = [...shape];
  for (const axis of [...axes].sort((a, b) => a - b)) made.splice(axis, 0, 1);
  return made;
}

/** The place that an index, which may count from behind, means. */
export function entryAt(place: Place, index: number, size: number): number {
  const counted = index < 0 ? index + size : index;
  return Number.isInteger(counted) && counted >= 0 && counted < size
    ? counted
    : place.invalid(`index ${index} is not in an axis of ${size} entries.`);
}

/** An order of axes that is given, checked. */
export function checkPermutation(
  place: Place,
  permutation: readonly number[],
  rank: number,
): readonly number[] {
  if (permutation.length !== rank || range(rank).some((axis) => !permutation.includes(axis)))
    place.invalid(`its perm [${permutation.join(', ')}] must name each of ${rank} axes once.`);
  return permutation;
}

/** How often a tile repeats each axis, checked. */
export function checkRepeats(
  place: Place,
  repeats: readonly number[],
  rank: number,
): readonly number[] {
  if (repeats.length !== rank || repeats.some((count) => !Number.isSafeInteger(count) || count < 0))
    place.invalid(
      `its repeats [${repeats.join(', ')}] must be ${rank} whole numbers, none of them negative.`,
    );
  return repeats;
}
