import type { ImageArea } from './plan-geometry.js';
import type { Pixels } from './pixels.js';

/** A part of an image; the image itself where the part is all of it. */
export function cropPixels(pixels: Pixels, { left, top, width, height }: ImageArea): Pixels {
  const { data, channels } = pixels;
  if (width === pixels.width && height === pixels.height) return pixels;
  const part = new Uint8Array(width * height * channels);
  for (let row = 0; row < height; row++) {
    const from = ((top + row) * pixels.width + left) * channels;
    part.set(data.subarray(from, from + width * channels), row * width * channels);
  }
  return { data: part, width, height, channels };
}
