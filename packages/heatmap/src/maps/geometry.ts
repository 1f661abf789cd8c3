import { PatternLensError, type Tensor } from '@patternlens/core';
import { formatShape, sizeOf } from '@patternlens/core/tensor';

/** Where the channels of one sample stand: `[C, H, W]` or `[C, L]`, `[H, W, C]` or `[L, C]`, or nowhere: `[H, W]`. */
export type Layout = 'channels-first' | 'channels-last' | 'no-channels';

/** How a sample's values lie in a plane: the value of a channel, row and column stands at the sum of index times stride. */
export interface Geometry {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Rows are the channels of a signal or a table, not the rows of an image. */
  readonly strip: boolean;
  readonly channelStride: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

const image = (
  channels: number,
  height: number,
  width: number,
  [channelStride, rowStride, columnStride]: readonly [number, number, number],
): Geometry => ({
  channels,
  height,
  width,
  strip: false,
  channelStride,
  rowStride,
  columnStride,
});

/** A strip has a row per channel, so that no channel hides another. */
const strip = (rows: number, width: number, rowStride: number, columnStride: number): Geometry => ({
  channels: 1,
  height: rows,
  width,
  strip: true,
  channelStride: 0,
  rowStride,
  columnStride,
});

/** The geometry of one sample: `[D]`, `[C, L]`, `[C, H, W]` or what the layout makes of them.
 * @throws PatternLensError `invalid-shape` for other ranks, empty axes, or data that does not fill the shape. */
export function geometryOf(sample: Tensor, layout: Layout): Geometry {
  const { shape, data } = sample;
  const [a = 1, b = 1, c = 1] = shape;
  if (shape.some((size) => size < 1) || sizeOf(shape) !== data.length) {
    throw new PatternLensError(
      'heatmap',
      'invalid-shape',
      `sample: expected as many values as the shape ${formatShape(shape)} holds, at least one, got ${data.length}. Give the data with its own shape.`,
    );
  }
  if (shape.length < 2) return strip(1, a, a, 1);
  if (shape.length === 2) {
    if (layout === 'no-channels') return image(1, a, b, [0, b, 1]);
    return layout === 'channels-first' ? strip(a, b, b, 1) : strip(b, a, 1, b);
  }
  if (shape.length === 3 && layout !== 'no-channels') {
    return layout === 'channels-first'
      ? image(a, b, c, [b * c, c, 1])
      : image(c, a, b, [1, b * c, c]);
  }
  throw new PatternLensError(
    'heatmap',
    'invalid-shape',
    `sample: expected ${layout === 'no-channels' ? '[D] or [H, W]' : '[D], [C, L] or [C, H, W]'} without the batch axis, got ${formatShape(shape)}. Take one sample out of the batch; lay out volumes with tileSlices.`,
  );
}

/** Whether the sample can be seen in colours or greys as it stands: an image of one or three channels. */
export const isImage = ({ strip: isStrip, channels }: Geometry): boolean =>
  !isStrip && (channels === 1 || channels === 3);
