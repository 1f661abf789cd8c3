import type { Pixels } from '../preprocessing/pixels.js';

/** The upper bytes of a linear congruential generator, as `tools/python/resized-by-pillow.py` makes them; every third seed
 * gives only 0 and 255. */
export function seededPixels(
  seed: number,
  width: number,
  height: number,
  channels: Pixels['channels'],
): Pixels {
  const data = new Uint8Array(width * height * channels);
  let state = seed;
  for (let at = 0; at < data.length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const value = state >>> 24;
    data[at] = seed % 3 > 0 ? value : value < 128 ? 0 : 255;
  }
  return { data, width, height, channels };
}
