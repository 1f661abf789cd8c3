import { PatternLensError } from '@patternlens/core';
import type { ColourMap } from '../colours/colour-map.js';
import { COLOUR_MAPS, colourMapNamed, type ColourMapId } from '../colours/colour-maps.js';
import type { Reduction } from '../maps/reduce-channels.js';
import { DEFAULT_QUANTILE } from '../maps/scale.js';

/** How a map is shown. `auto`: the attribution group as heat maps, the function and signal groups as signals in colour where
 * the input is an image of one or three channels, else as heat maps. `overlay` is a heat map over the input. */
export type View = 'auto' | 'heat' | 'signal' | 'overlay';

/** Everything about a map's looks that can be chosen. */
export interface LookOptions {
  readonly view?: View | undefined;
  /** How a heat map's channels become one number; `sum` unless given, which keeps conservation. */
  readonly reduction?: Reduction | undefined;
  /** The share of pixels within a heat map's scale, in percent; 99.5 unless given, 100 for the largest magnitude. */
  readonly quantile?: number | undefined;
  /** The same for signals; 100 unless given. */
  readonly signalQuantile?: number | undefined;
  /** `sign(t) |t|^gamma` on heat maps; 1 unless given, less lifts what is faint. */
  readonly gamma?: number | undefined;
  /** A name or a map of one's own; `bwr` unless given, for magnitudes `viridis`. */
  readonly colours?: ColourMapId | ColourMap | undefined;
  /** How opaque the strongest relevance of an overlay is, 0 to 1; 0.8 unless given. */
  readonly strength?: number | undefined;
}

/** The options with nothing left open. */
export interface Look {
  readonly view: View;
  readonly reduction: Reduction;
  readonly quantile: number;
  readonly signalQuantile: number;
  readonly gamma: number;
  readonly colours: ColourMap;
  readonly strength: number;
}

/** The options, checked, with defaults in place.
 * @throws PatternLensError `invalid-argument` where they do not go together or are out of range. */
export function lookOf(options: LookOptions): Look {
  const { view = 'auto', reduction = 'sum', gamma = 1, strength = 0.8 } = options;
  const { quantile = DEFAULT_QUANTILE, signalQuantile = 100 } = options;
  const colours = options.colours ?? (reduction === 'l2' ? 'viridis' : 'bwr');
  const map = typeof colours === 'string' ? colourMapNamed(colours) : colours;
  if (map.kind === 'sequential' && reduction !== 'l2') {
    const diverging = Object.values(COLOUR_MAPS).filter(({ kind }) => kind === 'diverging');
    throw new PatternLensError(
      'heatmap',
      'invalid-argument',
      `colour map "${map.id}": expected a diverging map for signed values, got a sequential one. Choose ${diverging.map(({ id }) => id).join(', ')}, or show magnitudes with the reduction l2.`,
    );
  }
  const inRange = gamma > 0 && strength >= 0 && strength <= 1;
  if (!inRange) {
    throw new PatternLensError(
      'heatmap',
      'invalid-argument',
      `look: expected a gamma above 0 and a strength from 0 to 1, got ${gamma} and ${strength}. The defaults are 1 and 0.8.`,
    );
  }
  return { view, reduction, quantile, signalQuantile, gamma, colours: map, strength };
}
