import { PatternLensError } from '@patternlens/core';
import { colourIndex, zeroColour, type ColourMap } from '../colours/colour-map.js';
import type { Plane } from '../maps/reduce-channels.js';
import { shareOf, type Scale } from '../maps/scale.js';
import { NO_SCALE } from './heat-to-rgb.js';
import { createPicture, flatPicture, type Picture } from './picture.js';

/** How much of the input's contrast is left beneath an overlay. */
const CONTRAST = 0.35;

export interface OverlayOptions {
  /** How opaque the strongest relevance is, 0 to 1; 0.8 unless given. */
  readonly strength?: number | undefined;
  readonly gamma?: number | undefined;
}

/** Relevance over its input: the input's luminance, 0.2126 R + 0.7152 G + 0.0722 B, faded to 35 % contrast towards the colour
 * of zero, and over it the heat colour with the opacity `strength * |share|`. Flat grey where the scale is not finite.
 * @throws PatternLensError `invalid-shape` where input and plane differ in size. */
export function overlay(
  input: Picture,
  plane: Plane,
  scale: Scale,
  map: ColourMap,
  { strength = 0.8, gamma = 1 }: OverlayOptions = {},
): Picture {
  const { width, height } = plane;
  if (input.width !== width || input.height !== height) {
    throw new PatternLensError(
      'heatmap',
      'invalid-shape',
      `overlay: expected an input of ${width} x ${height} pixels, got ${input.width} x ${input.height}. Resize one of them first.`,
    );
  }
  if (scale.state !== 'finite') return flatPicture(width, height, NO_SCALE);
  const zero = zeroColour(map);
  return createPicture(width, height, (data, offset, at) => {
    const light =
      0.2126 * input.data[offset]! +
      0.7152 * input.data[offset + 1]! +
      0.0722 * input.data[offset + 2]!;
    const share = shareOf(plane.values[at]!, scale, gamma);
    const opacity = strength * Math.abs(share);
    const entry = colourIndex(share, map.kind) * 3;
    for (let colour = 0; colour < 3; colour++) {
      const faded = zero[colour]! + CONTRAST * (light - zero[colour]!);
      data[offset + colour] = Math.round(faded + opacity * (map.table[entry + colour]! - faded));
    }
  });
}
