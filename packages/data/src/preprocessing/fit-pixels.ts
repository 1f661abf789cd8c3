import { resizePixels } from '../resize/resize-pixels.js';
import { overWhite } from './over-white.js';
import { planGeometry, type Geometry } from './plan-geometry.js';
import type { Pixels } from './pixels.js';

/** A decoded image in the size that is asked for: over white where it is transparent, resized, and cropped. This is the one
 * way from an image to the size of a network's input, in programs and in pages.
 * @throws PatternLensError `invalid-shape` where the crop is larger than the image. */
export function fitPixels(pixels: Pixels, geometry: Geometry, file = 'image'): Pixels {
  const { resize, crop } = planGeometry(pixels, geometry, file);
  return resizePixels(overWhite(pixels), resize, geometry.resample, crop);
}
