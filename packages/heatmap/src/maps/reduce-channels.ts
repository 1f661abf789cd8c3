import type { Tensor } from '@patternlens/core';
import { geometryOf, type Layout } from './geometry.js';

/** One number a pixel, row-major: `values[row * width + column]`. */
export interface Plane {
  readonly values: Float64Array;
  readonly width: number;
  readonly height: number;
}

/** How the channels of a pixel become one number. `sum` keeps conservation; `l2` is a magnitude, without a sign;
 * `max-abs` is the largest entry in magnitude (the first of equals) with its own sign. */
export type Reduction = 'sum' | 'l2' | 'max-abs';

const folds: Readonly<Record<Reduction, (folded: number, value: number) => number>> = {
  sum: (total, value) => total + value,
  l2: (total, value) => total + value * value,
  'max-abs': (largest, value) =>
    Number.isNaN(largest) || Math.abs(value) <= Math.abs(largest) ? largest : value,
};

/** The plane of one sample's raw relevance: `[C, H, W]` over its channels; `[C, L]` as one row a channel, `[D]` as one row.
 * What is not finite in a channel is not finite in the plane.
 * @throws PatternLensError `invalid-shape` for a sample that is not one of these in its layout. */
export function reduceChannels(sample: Tensor, layout: Layout, how: Reduction = 'sum'): Plane {
  const geometry = geometryOf(sample, layout);
  const { channels, width, height, channelStride, rowStride, columnStride } = geometry;
  const fold = folds[how];
  const values = new Float64Array(width * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = row * rowStride + column * columnStride;
      let value = 0;
      for (let channel = 0; channel < channels; channel++) {
        value = fold(value, sample.data[at + channel * channelStride]!);
      }
      values[row * width + column] = how === 'l2' ? Math.sqrt(value) : value;
    }
  }
  return { values, width, height };
}
