import type { Range } from '@patternlens/core/neurons';

/** The field with all channels, which a picture shows together: an image's rows and columns are cropped, nothing else is. */
export const imageField = (
  field: readonly Range[],
  shape: readonly number[],
  channelAxis: number,
): readonly Range[] =>
  shape.length === 3
    ? field.map((range, axis) => (axis === channelAxis ? { from: 0, to: shape[axis]! } : range))
    : shape.map((size) => ({ from: 0, to: size }));
