import type { Tensor } from '@patternlens/core';
import type { Layout } from './geometry.js';

/** Words for the axes of a sample, where they are known. */
export type AxisWords = readonly string[] | undefined;

/** Whether a sample is a volume: slices of rows and columns, with channels or without. Where there is no word for each of its
 * axes it may be a batch of images, given by mistake. */
export const isVolume = ({ shape }: Tensor, layout: Layout, axes: AxisWords): boolean =>
  axes?.length === shape.length && shape.length === (layout === 'no-channels' ? 3 : 4);

/** The slices of a volume, each an image in the volume's layout. */
export function volumeSlices({ data, shape }: Tensor, layout: Layout): readonly Tensor[] {
  const axis = layout === 'channels-first' ? 1 : 0;
  const depth = shape[axis]!;
  const outer = axis === 0 ? 1 : shape[0]!;
  const inner = data.length / outer / depth;
  const sizes = shape.filter((_, at) => at !== axis);
  return Array.from({ length: depth }, (_, slice) => {
    const values = new Float64Array(outer * inner);
    for (let at = 0; at < outer; at++) {
      const from = (at * depth + slice) * inner;
      values.set(data.subarray(from, from + inner), at * inner);
    }
    return { data: values, shape: sizes };
  });
}
