import { fileError } from '../errors/data-error.js';
import type { ImageSize } from '../preprocessing/plan-geometry.js';

/** Larger images are not decoded: 2^28 pixels take 768 MiB. */
const MOST_IMAGE_PIXELS = 2 ** 28;

/** Refuses an image before it is decoded, by the size that its header tells.
 * @throws PatternLensError `invalid-file` with its size and the limit. */
export function checkImageSize({ width, height }: ImageSize, file = 'image'): void {
  if (width * height <= MOST_IMAGE_PIXELS) return;
  throw fileError(
    file,
    `an image of at most ${MOST_IMAGE_PIXELS} pixels (16384 x 16384)`,
    `${width} x ${height}`,
    'Make it smaller with an image program.',
  );
}
