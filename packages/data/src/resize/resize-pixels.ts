import { argumentError } from '../errors/data-error.js';
import { cropPixels } from '../preprocessing/crop-pixels.js';
import { checkPixels, type Pixels } from '../preprocessing/pixels.js';
import type { ImageArea, ImageSize } from '../preprocessing/plan-geometry.js';
import { axisWeights } from './axis-weights.js';
import { hasAlpha, premultiplied, unmultiplied } from './premultiplied.js';
import {
  RESAMPLE_FILTERS,
  WEIGHT_FUNCTIONS,
  type ResampleFilter,
  type WeightFunction,
} from './resample-filter.js';
import { resizeHeight, resizeWidth } from './resize-lines.js';
import { resizeNearest } from './resize-nearest.js';

/** Scales an image to exactly this size, and cuts `part` from it (all of it where not given). The same values as
 * `Image.resize` of Pillow, without `reducing_gap`: weights of 22 bits, first along rows, then along columns, rounded to
 * 0..255 after both. Colours of images with alpha are averaged as they show. An image that has the size and is not cut is
 * handed back as it is.
 * @throws PatternLensError `invalid-argument`. */
export function resizePixels(
  pixels: Pixels,
  { width, height }: ImageSize,
  filter: ResampleFilter = 'bilinear',
  part: ImageArea = { left: 0, top: 0, width, height },
): Pixels {
  checkPixels(pixels);
  checkWanted({ width, height }, filter, part);
  if (pixels.width === width && pixels.height === height) return cropPixels(pixels, part);
  if (filter === 'nearest') return resizeNearest(pixels, { width, height }, part);
  const kernel = WEIGHT_FUNCTIONS[filter];
  if (!hasAlpha(pixels)) return resizePlain(pixels, { width, height }, kernel, part);
  return unmultiplied(resizePlain(premultiplied(pixels), { width, height }, kernel, part));
}

/** Rows first. Only those that columns are made of are computed, and only what is in the part. */
function resizePlain(
  pixels: Pixels,
  size: ImageSize,
  kernel: WeightFunction,
  part: ImageArea,
): Pixels {
  const { channels } = pixels;
  const { left, top, width, height } = part;
  const down =
    size.height === pixels.height
      ? undefined
      : axisWeights(pixels.height, size.height, kernel, top, height);
  const first = down?.from[0] ?? top;
  const count = down ? down.from[height - 1]! + down.taken[height - 1]! - first : height;
  const data =
    size.width === pixels.width
      ? cropPixels(pixels, { left, top: first, width, height: count }).data
      : resizeWidth(
          { data: pixels.data, width: pixels.width, channels, first, count },
          axisWeights(pixels.width, size.width, kernel, left, width),
        );
  if (!down) return { data, width, height, channels };
  const rows = { data, width, channels, first, count };
  return { data: resizeHeight(rows, down), width, height, channels };
}

function checkWanted(size: ImageSize, filter: string, part: ImageArea): void {
  const { left, top, width, height } = part;
  const text = `${size.width} x ${size.height}`;
  if (![size.width, size.height].every((side) => Number.isSafeInteger(side) && side > 0))
    throw argumentError('resizePixels', 'a size of whole pixels', text);
  if (!(RESAMPLE_FILTERS as readonly string[]).includes(filter))
    throw argumentError(
      'resizePixels',
      `one of the filters ${RESAMPLE_FILTERS.map((name) => `"${name}"`).join(', ')}`,
      `"${filter}"`,
    );
  const whole = [left, top, width, height].every(Number.isSafeInteger);
  const within = left >= 0 && top >= 0 && left + width <= size.width && top + height <= size.height;
  if (!whole || !within || width < 1 || height < 1)
    throw argumentError(
      'resizePixels',
      `a part of ${text} pixels`,
      `${width} x ${height} from ${left}, ${top}`,
    );
}
