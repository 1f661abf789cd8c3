import { type Shape } from '@patternlens/core';
import {
  divideDims,
  formatShape,
  isBatch,
  sameDim,
  sizeOf,
  type Dim,
} from '@patternlens/core/tensor';
import type { Place } from '../place/place.js';
import { sampleSizes, type BatchPlace } from '../values/axis-order.js';

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

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

/** What a reshape is made of: the value's shape as the model sees it, where its samples are, and how many the file fixes, if it does. */
export interface Reshaped {
  readonly shape: Shape;
  readonly batch: BatchPlace | undefined;
  readonly fixed?: number | undefined;
}

/** Where the samples are in another shape over the same values: each sample's values have to stay together, and in their order. Undefined where they do not.
 *
 * The values lie as `[outer, N, inner]`. In the other shape the batch's axis is one of `before * N * behind` entries, which hold the same where the sizes
 * in front of it and `before` make `outer`, and `behind` and those at its back make `inner`. */
export function batchIn({ shape, batch }: Reshaped, other: Shape): BatchPlace | undefined {
  const axis = other.findIndex(isBatch);
  const sizes = sampleSizes(shape),
    others = sampleSizes(other);
  const at = batch!.axis;
  const behind = sizes[at]! / batch!.before;
  const outer = product(sizes.slice(0, at)) * batch!.before,
    inner = behind * product(sizes.slice(at + 1));
  const front = product(others.slice(0, axis)),
    back = product(others.slice(axis + 1));
  const fits = axis >= 0 && outer % front === 0 && inner % back === 0;
  const before = outer / front;
  return fits && before * (inner / back) === others[axis] ? { axis, before } : undefined;
}

/** Shapes that numbers of a file with a fixed batch may mean, the likeliest first: each has one axis that is a multiple of the batch. */
function* readings({ shape, batch, fixed }: Reshaped, wanted: readonly number[]): Generator<Shape> {
  const at = batch!.axis;
  const axes = wanted.map((_, axis) => axis).filter((axis) => wanted[axis]! % fixed! === 0);
  const parts = (axis: number): number => wanted[axis]! / fixed!;
  const cost = (axis: number): number =>
    (parts(axis) === 1 ? 0 : wanted.length) + (axis === at ? 0 : 1 + Math.abs(axis - at));
  for (const axis of axes.sort((a, b) => cost(a) - cost(b) || a - b)) {
    const reading = wanted.map((dim, other): Dim =>
      other === axis ? { batch: parts(axis) } : dim,
    );
    if (sameDim(sizeOf(reading), sizeOf(shape))) yield reading;
  }
}

/** The shape that a reshape asks for: -1 takes what is left, and where the file fixed its batch, numbers may stand for it. */
export function reshapeTo(place: Place, value: Reshaped, wanted: readonly Dim[]): Shape {
  const { shape, batch, fixed } = value;
  const total = sizeOf(shape);
  if (fixed !== undefined && batch && !wanted.some(isBatch)) {
    const whole = filledIn(wanted, product(sampleSizes(shape)) * fixed);
    for (const reading of readings(value, (whole ?? []) as readonly number[]))
      if (batchIn(value, reading)) return reading;
  }
  const found = filledIn(wanted, total);
  if (found) return found;
  const sentence = `${formatShape(shape)} does not reshape to ${formatShape(wanted)}`;
  const isShape =
    wanted.every((dim) => isBatch(dim) || dim >= -1) &&
    wanted.filter((dim) => dim === -1).length < 2;
  return batch && isShape
    ? place.unsupported(
        `${sentence} for every number of samples, or it mixes the samples of a batch.`,
        place.single,
      )
    : place.invalid(`${sentence}.`);
}
