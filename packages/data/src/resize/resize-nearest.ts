import type { ImageArea, ImageSize } from '../preprocessing/plan-geometry.js';
import type { Pixels } from '../preprocessing/pixels.js';

/** A part of a resized image, each pixel being the one that its centre falls on. */
export function resizeNearest(pixels: Pixels, size: ImageSize, part: ImageArea): Pixels {
  const { data, channels } = pixels;
  const { width, height } = part;
  const columns = nearest(pixels.width, size.width, part.left, width);
  const rows = nearest(pixels.height, size.height, part.top, height);
  const result = new Uint8Array(width * height * channels);
  let to = 0;
  for (let row = 0; row < height; row++) {
    const start = rows[row]! * pixels.width;
    for (let column = 0; column < width; column++) {
      const from = (start + columns[column]!) * channels;
      for (let channel = 0; channel < channels; channel++) result[to++] = data[from + channel]!;
    }
  }
  return { data: result, width, height, channels };
}

/** Where the centres of `count` pixels from `first` on fall. Centres are added up step by step, as Pillow does: a product
 * would round otherwise, and take the neighbour where a centre falls between two pixels. */
function nearest(before: number, after: number, first: number, count: number): Int32Array {
  const places = new Int32Array(count);
  const step = before / after;
  let centre = step * 0.5;
  for (let at = 0; at < first + count; at++) {
    if (at >= first) places[at - first] = Math.trunc(centre);
    centre += step;
  }
  return places;
}
