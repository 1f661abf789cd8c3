import type { Pixels } from '../preprocessing/pixels.js';
import type { Orientation } from './exif-orientation.js';

/** Turns and mirrors an image as its file says, so that it stands upright. */
export function turnPixels(pixels: Pixels, orientation: Orientation): Pixels {
  if (orientation === 1) return pixels;
  const { data, width, height, channels } = pixels;
  const swaps = orientation >= 5;
  // From the right where 2 or 3 turn it so; with sides swapped, 7 and 8 do, and likewise from below.
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBelow = [3, 4, 6, 7].includes(orientation);
  const across = fromRight ? -1 : 1;
  const down = fromBelow ? -width : width;
  const first = (fromBelow ? (height - 1) * width : 0) + (fromRight ? width - 1 : 0);
  const [toWidth, toHeight] = swaps ? [height, width] : [width, height];
  const [alongRow, alongColumn] = swaps ? [down, across] : [across, down];
  const result = new Uint8Array(data.length);
  let to = 0;
  for (let row = 0; row < toHeight; row++)
    for (let column = 0; column < toWidth; column++) {
      const from = (first + row * alongColumn + column * alongRow) * channels;
      for (let channel = 0; channel < channels; channel++) result[to++] = data[from + channel]!;
    }
  return { data: result, width: toWidth, height: toHeight, channels };
}
