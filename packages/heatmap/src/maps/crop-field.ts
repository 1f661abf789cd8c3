import type { Tensor } from '@patternlens/core';
import type { Range } from '@patternlens/core/neurons';

/** The part of one sample (without its batch axis) within a range an axis; the whole sample where the ranges are not all inside of it. */
export function cropField(sample: Tensor, field: readonly Range[]): Tensor {
  const { data, shape } = sample;
  const fits =
    shape.length === field.length &&
    field.every(({ from, to }, axis) => from < to && to <= shape[axis]!);
  if (!fits) return sample;
  const sizes = field.map(({ from, to }) => to - from);
  const values = new Float64Array(sizes.reduce((total, size) => total * size, 1));
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
