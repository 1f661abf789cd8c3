import type { PatternLensError } from '@patternlens/core';
import { shapeError } from '../errors/data-error.js';
import type { ResampleFilter } from '../resize/resample-filter.js';
import type { Extent } from './preprocessing.js';

/** In pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** A part of an image, in pixels from its upper left corner. */
export interface ImageArea extends ImageSize {
  readonly left: number;
  readonly top: number;
}

/** What is asked of an image's size. */
export interface Geometry {
  /** As in `Preprocessing`. */
  readonly resize?: Extent;
  /** As in `Preprocessing`. */
  readonly crop?: Extent;
  /** As in `Preprocessing`. */
  readonly resample?: ResampleFilter;
  /** [height, width] that the network takes, for where neither resize nor crop is given: the image is scaled until it
   * covers it, and the centre is cut out. */
  readonly fallbackSize?: readonly [height: number, width: number];
}

/** What to do with an image of a certain size: scale it to `resize`, then cut `crop` from it. */
export interface GeometryPlan {
  readonly resize: ImageSize;
  readonly crop: ImageArea;
}

/** An image scaled beyond this is refused: a strip one pixel high would take all memory. */
const MOST_PIXELS = 2 ** 27;

/** Plans resizing and cropping. The longer side is rounded down, and so are the borders of a crop on the upper left.
 * @throws PatternLensError `invalid-shape` where the crop is larger than the image. */
export function planGeometry(size: ImageSize, geometry: Geometry, file = 'image'): GeometryPlan {
  const { resize, crop, fallbackSize } = geometry;
  const cover = resize === undefined && crop === undefined ? fallbackSize : undefined;
  const resized = cover ? covering(size, cover) : scaled(size, resize);
  if (resized.width * resized.height > MOST_PIXELS)
    throw shapeError(
      file,
      `at most ${MOST_PIXELS} pixels once resized`,
      text(resized),
      'Make resize smaller, or leave the image out.',
    );
  const wanted = cover ?? crop ?? [resized.height, resized.width];
  const [height, width] = typeof wanted === 'number' ? [wanted, wanted] : wanted;
  if (height > resized.height || width > resized.width)
    throw tooSmall(file, { height, width }, size, resized);
  return {
    resize: resized,
    crop: {
      left: Math.floor((resized.width - width) / 2),
      top: Math.floor((resized.height - height) / 2),
      width,
      height,
    },
  };
}

function scaled(size: ImageSize, resize: Extent | undefined): ImageSize {
  if (resize === undefined) return { width: size.width, height: size.height };
  if (typeof resize !== 'number') return { height: resize[0], width: resize[1] };
  return size.width < size.height
    ? { width: resize, height: Math.floor((resize * size.height) / size.width) }
    : { height: resize, width: Math.floor((resize * size.width) / size.height) };
}

function covering(size: ImageSize, [height, width]: readonly [number, number]): ImageSize {
  // Compared as products, so that an image of the right shape is not a pixel off by rounding.
  return width * size.height > height * size.width
    ? { width, height: Math.floor((width * size.height) / size.width) }
    : { height, width: Math.floor((height * size.width) / size.height) };
}

const text = ({ width, height }: ImageSize): string => `${width} x ${height}`;

function tooSmall(
  file: string,
  crop: ImageSize,
  size: ImageSize,
  resized: ImageSize,
): PatternLensError {
  const was = resized.width === size.width && resized.height === size.height;
  return shapeError(
    file,
    `an image that holds the crop of ${text(crop)} pixels`,
    was ? text(size) : `${text(resized)}, resized from ${text(size)}`,
    'Set "resize" in the preprocessing file, or make "crop" smaller.',
  );
}
