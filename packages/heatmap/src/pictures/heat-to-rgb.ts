import { colourIndex, type ColourMap } from '../colours/colour-map.js';
import type { Plane } from '../maps/reduce-channels.js';
import { shareOf, type Scale } from '../maps/scale.js';
import { flatPicture, type Colour, type Picture } from './picture.js';

/** What stands for a map that has no scale; beside it there must be words. */
export const NO_SCALE: Colour = [217, 217, 217];

/** The heat map of a plane: each value's share of the scale as a colour. Flat grey where the scale is not finite.
 * Values are taken as they are: on a sequential map everything below zero is the first colour. */
export function heatToRgb(
  { values, width, height }: Plane,
  scale: Scale,
  { kind, table }: ColourMap,
  gamma = 1,
): Picture {
  if (scale.state !== 'finite') return flatPicture(width, height, NO_SCALE);
  const palette = wordsOf(table);
  // What is no number stays black: no colour of a map.
  const [black] = wordsOf(new Uint8Array(3));
  const words = new Uint32Array(width * height);
  for (let at = 0; at < words.length; at++)
    words[at] = palette[colourIndex(shareOf(values[at]!, scale, gamma), kind)] ?? black!;
  return { width, height, data: new Uint8ClampedArray(words.buffer) };
}

/** The colours of a table as opaque pixels, a word each: a slider repaints many maps in one frame. */
function wordsOf(table: Uint8Array): Uint32Array {
  const bytes = new Uint8Array((table.length / 3) * 4).fill(255);
  for (let entry = 0; entry * 3 < table.length; entry++)
    bytes.set(table.subarray(entry * 3, entry * 3 + 3), entry * 4);
  return new Uint32Array(bytes.buffer);
}
