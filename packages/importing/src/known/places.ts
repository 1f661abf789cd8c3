import type { Tensor } from '@patternlens/core';
import { formatShape, product, stridesOf } from '@patternlens/core/tensor';
import { entryAt } from '../layers/axes.js';
import type { Place } from '../place/place.js';
import { LONGEST_LIST } from '../values/limits.js';
import { limitElements } from './limit-elements.js';

/** Where each element of a tensor of indices points to: its own position, with the index in the place of one axis.
 * @returns positions in the flattened value of the given sizes. */
export function elementPlaces(
  place: Place,
  sizes: readonly number[],
  { data, shape }: Tensor,
  axis: number,
): number[] {
  const fits = (size: number, at: number): boolean => at === axis || size <= sizes[at]!;
  if (shape.length !== sizes.length || !shape.every(fits))
    place.invalid(
      `its indices of shape ${formatShape(shape)} do not fit a value of shape ${formatShape(sizes)}.`,
    );
  limitElements(place, data.length, LONGEST_LIST);
  const from = stridesOf(shape),
    to = stridesOf(sizes);
  return Array.from(data, (index, flat) =>
    shape.reduce((total, size, at) => {
      const own = Math.floor(flat / from[at]!) % size;
      return total + to[at]! * (at === axis ? entryAt(place, index, sizes[axis]!) : own);
    }, 0),
  );
}

/** Positions in a flattened value, and the shape that they have together. */
export interface VectorPlaces {
  readonly places: readonly number[];
  readonly shape: readonly number[];
}

/** What the vectors along the last axis of a tensor of indices point to: the first of its axes, behind `batched` ones that both have, are named by each vector, the rest is taken whole. */
export function vectorPlaces(
  place: Place,
  sizes: readonly number[],
  { data, shape }: Tensor,
  batched = 0,
): VectorPlaces {
  const named = shape.at(-1) ?? 0;
  const known = batched + named;
  const outer = shape.slice(0, -1);
  if (
    named < 1 ||
    known > sizes.length ||
    batched > outer.length ||
    outer.slice(0, batched).some((size, at) => size !== sizes[at])
  )
    place.invalid(
      `its indices of shape ${formatShape(shape)} do not point into a value of shape ${formatShape(sizes)}.`,
    );
  const strides = stridesOf(sizes);
  const rest = sizes.slice(known);
  const inner = product(rest);
  const rows = product(outer);
  limitElements(place, rows * inner, LONGEST_LIST);
  const rowsOfOne = rows / product(sizes.slice(0, batched));
  const places: number[] = [];
  for (let row = 0; row < rows; row++) {
    let start = Math.floor(row / rowsOfOne) * (strides[batched - 1] ?? 0);
    for (let at = 0; at < named; at++)
      start +=
        entryAt(place, data[row * named + at]!, sizes[batched + at]!) * strides[batched + at]!;
    for (let at = 0; at < inner; at++) places.push(start + at);
  }
  return { places, shape: [...outer, ...rest] };
}
