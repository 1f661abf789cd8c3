import { colourIndex, type ColourMap } from '../colours/colour-map.js';
import type { Plane } from '../maps/reduce-channels.js';
import { shareOf, type Scale } from '../maps/scale.js';
import { createPicture, flatPicture, type Colour, type Picture } from './picture.js';

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
  return createPicture(width, height, (data, offset, at) => {
    const entry = colourIndex(shareOf(values[at]!, scale, gamma), kind) * 3;
    data[offset] = table[entry]!;
    data[offset + 1] = table[entry + 1]!;
    data[offset + 2] = table[entry + 2]!;
  });
}
