import type { ColourMapId, View } from '@patternlens/heatmap';

/** How maps look: pixels only, nothing is computed anew for it. */
export interface Look {
  /** What a map's stage shows: as the method's group wants it, as heat, as a signal in colours, or over the input. */
  readonly look: View;
  /** The input and the map share a stage, with a handle between them. */
  readonly swipe: boolean;
  readonly colours: ColourMapId;
  /** Percent of magnitudes within the scale. */
  readonly quantile: number;
  readonly gamma: number;
  /** How opaque the strongest relevance of an overlay is, 0 to 1. */
  readonly strength: number;
  /** Whether each map has a scale of its own, or a method one for all samples that were explained. */
  readonly scope: 'map' | 'method';
}

export const DEFAULT_LOOK: Look = {
  look: 'auto',
  swipe: false,
  colours: 'bwr',
  quantile: 99.5,
  gamma: 1,
  strength: 0.8,
  scope: 'map',
};
