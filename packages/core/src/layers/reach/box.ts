/** Indices `from` to before `to` of one axis. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A range an axis; none of them is empty. */
export type Box = readonly Range[];

export const whole = (size: number): Range => ({ from: 0, to: size });
export const wholeBox = (sizes: readonly number[]): Box => sizes.map(whole);

/** The box with some of its ranges replaced; undefined where nothing is left of one. */
export function withRanges(
  box: Box,
  replaced: ReadonlyMap<number, Range | undefined>,
): Box | undefined {
  const ranges = box.map((range, axis) => (replaced.has(axis) ? replaced.get(axis) : range));
  return ranges.every((range) => range !== undefined && range.from < range.to)
    ? (ranges as Box)
    : undefined;
}

/** The part of a range within `[from, to)`; undefined where there is none. */
export function cut(range: Range, from: number, to: number): Range | undefined {
  const part = { from: Math.max(range.from, from), to: Math.min(range.to, to) };
  return part.from < part.to ? part : undefined;
}

/** The least box that holds both. */
export const union = (a: Box, b: Box): Box =>
  a.map(({ from, to }, axis) => ({
    from: Math.min(from, b[axis]!.from),
    to: Math.max(to, b[axis]!.to),
  }));

/** The least range that holds all indices within `[0, size)`; others are padding. */
export function spanOf(indices: Iterable<number>, size: number): Range | undefined {
  let from = Infinity,
    to = -Infinity;
  for (const index of indices) {
    if (index < 0 || index >= size) continue;
    from = Math.min(from, index);
    to = Math.max(to, index + 1);
  }
  return from < to ? { from, to } : undefined;
}

/** All flat indices of a box, in row-major order. */
export function* flatIndices(box: Box, sizes: readonly number[]): Generator<number> {
  const index = box.map(({ from }) => from);
  for (;;) {
    yield index.reduce((flat, at, axis) => flat * sizes[axis]! + at, 0);
    let axis = box.length - 1;
    while (axis >= 0 && ++index[axis]! >= box[axis]!.to) {
      index[axis] = box[axis]!.from;
      axis--;
    }
    if (axis < 0) return;
  }
}
