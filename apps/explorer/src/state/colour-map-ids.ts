import { COLOUR_MAPS, type ColourMapId } from '@patternlens/heatmap';

/** Colour maps for signed values, which is what maps hold. */
export const COLOUR_MAP_IDS = (Object.keys(COLOUR_MAPS) as ColourMapId[]).filter(
  (id) => COLOUR_MAPS[id].kind === 'diverging',
);
