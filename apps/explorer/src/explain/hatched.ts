import type { Picture, Plane, Scale } from '@patternlens/heatmap';

/** Negatives weaker than this share of the scale are not hatched: they are nearly white. */
const FAINT = 0.05;
/** Lines are so many pixels apart. */
const GAP = 7;

/** A map, enlarged already, with what argues against the class hatched, so that signs are seen without colours. */
export function hatched(picture: Picture, plane: Plane, { limit, state }: Scale): Picture {
  if (state !== 'finite') return picture;
  const { width, height } = picture;
  const data = picture.data.slice();
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * plane.height) / height) * plane.width;
    for (let x = (GAP - (y % GAP)) % GAP; x < width; x += GAP) {
      const value = plane.values[row + Math.floor((x * plane.width) / width)]!;
      if (value < -FAINT * limit) data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return { width, height, data };
}

/** The input to the left of a place from 0 to 1, the map to its right. */
export function swiped(input: Picture, map: Picture, place: number): Picture {
  const { width, height } = map;
  const split = Math.round(place * width);
  const data = map.data.slice();
  for (let y = 0; y < height; y++)
    data.set(input.data.subarray(y * width * 4, (y * width + split) * 4), y * width * 4);
  return { width, height, data };
}
