import type { Range, Tensor } from '@patternlens/core';

/** The part of one sample (without its batch axis) within a range an axis; the whole sample where a range is empty. */
export function cropField({ data, shape }: Tensor, field: readonly Range[]): Tensor {
  const sizes = field.map(({ from, to }) => to - from);
  if (field.length !== shape.length || sizes.some((size) => size < 1)) return { data, shape };
  const values = new Float32Array(sizes.reduce((total, size) => total * size, 1));
  for (let at = 0; at < values.length; at++) {
    let rest = at,
      place = 0,
      step = 1;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place += (field[axis]!.from + (rest % sizes[axis]!)) * step;
      rest = Math.floor(rest / sizes[axis]!);
      step *= shape[axis]!;
    }
    values[at] = data[place]!;
  }
  return { data: values, shape: sizes };
}

/** The field with all channels, which a picture shows together: an image's rows and columns are cropped, nothing else is. */
export const imageField = (
  field: readonly Range[],
  shape: readonly number[],
  channelAxis: number,
): readonly Range[] =>
  shape.length === 3
    ? field.map((range, axis) => (axis === channelAxis ? { from: 0, to: shape[axis]! } : range))
    : shape.map((size) => ({ from: 0, to: size }));
