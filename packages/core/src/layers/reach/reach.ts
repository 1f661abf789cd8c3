import type { LayerWith } from '../layer-with.js';
import { type Box, type Range, whole, withRanges } from './box.js';

/** Sizes of the layer's values, the batch as 1. */
export interface ReachShapes {
  readonly inputs: readonly (readonly number[])[];
  readonly output: readonly number[];
}

/** What a layer reads of each of its inputs to make a box of its value: the least boxes; undefined for an input of which it reads nothing. */
export type Reach<Attributes> = (
  layer: LayerWith<Attributes>,
  box: Box,
  shapes: ReachShapes,
) => (Box | undefined)[];

/** The box with some ranges replaced, by axis, for a layer of one input. */
export const replaceRanges = (
  box: Box,
  replaced: Readonly<Record<number, Range | undefined>>,
): (Box | undefined)[] => [
  withRanges(box, new Map(Object.entries(replaced).map(([axis, range]) => [Number(axis), range]))),
];

/** Ranges of the spatial axes, by axis. */
export const spatialRanges = (
  ranges: readonly (Range | undefined)[],
): Record<number, Range | undefined> =>
  Object.fromEntries(ranges.map((range, axis) => [axis + 2, range]));

/** The box with some axes whole, for a layer of one input. */
export const wholeAlong = (
  box: Box,
  axes: readonly number[],
  { inputs: [first] }: ReachShapes,
): (Box | undefined)[] =>
  replaceRanges(box, Object.fromEntries(axes.map((axis) => [axis, whole(first![axis]!)])));

/** Axes that are repeated are read at their only index; leading axes that the input lacks are left out. */
export const unbroadcastBox = (box: Box, sizes: readonly number[]): Box =>
  box.slice(box.length - sizes.length).map((range, axis) => (sizes[axis] === 1 ? whole(1) : range));

/** Element by element, with broadcasting: what is read is where it is made. */
export const elementwiseReach: Reach<unknown> = (_layer, box, { inputs }) =>
  inputs.map((sizes) => unbroadcastBox(box, sizes));
