import { PatternLensError, type Tensor } from '@patternlens/core';
import { formatShape } from '@patternlens/core/tensor';
import type { Layout } from './geometry.js';

/** The slices of a volume side by side in a nearly square grid, row by row; places left over are 0.
 * From `[C, D, H, W]` to `[C, rows * H, columns * W]`, with the channels last, or without any, likewise.
 * @throws PatternLensError `invalid-shape` for anything but a volume. */
export function tileSlices(volume: Tensor, layout: Layout): Tensor {
  const { shape, data } = volume;
  if (shape.length !== (layout === 'no-channels' ? 3 : 4)) {
    throw new PatternLensError(
      'heatmap',
      'invalid-shape',
      `volume: expected ${layout === 'no-channels' ? '[D, H, W]' : '[C, D, H, W] in its layout'}, got ${formatShape(shape)}. Take one sample out of the batch first.`,
    );
  }
  const [before, spatial, after] = axesOf(shape, layout);
  const [depth = 1, height = 1, width = 1] = spatial;
  const columns = Math.ceil(Math.sqrt(depth));
  const rows = Math.ceil(depth / columns);
  const tiled = new Float64Array(before * rows * height * columns * width * after);
  for (let outer = 0; outer < before; outer++) {
    for (let slice = 0; slice < depth; slice++) {
      const top = Math.floor(slice / columns) * height;
      const left = (slice % columns) * width;
      for (let y = 0; y < height; y++) {
        const from = ((outer * depth + slice) * height + y) * width * after;
        const to = ((outer * rows * height + top + y) * columns * width + left) * after;
        tiled.set(data.subarray(from, from + width * after), to);
      }
    }
  }
  const plane = [rows * height, columns * width];
  if (layout === 'no-channels') return { data: tiled, shape: plane };
  return {
    data: tiled,
    shape: layout === 'channels-first' ? [before, ...plane] : [...plane, after],
  };
}

function axesOf(
  shape: readonly number[],
  layout: Layout,
): readonly [before: number, spatial: readonly number[], after: number] {
  if (layout === 'channels-first') return [shape[0]!, shape.slice(1), 1];
  if (layout === 'channels-last') return [1, shape.slice(0, 3), shape[3]!];
  return [1, shape, 1];
}
