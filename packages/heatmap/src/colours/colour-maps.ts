import { PatternLensError, suggestion } from '@patternlens/core';
import { createColourMap, type ColourMap } from './colour-map.js';

/** Every colour map by name. Positive is the warm end of all diverging maps, so `RdBu` and `PuOr` run the other way than in
 * some libraries: blue to red, purple to orange. `seismic` has saturated halves and dark ends, `seismic-zennit` a grey middle. */
export const COLOUR_MAPS = {
  bwr: createColourMap('bwr', 'diverging', [
    [0, 0, 0, 255],
    [0.5, 255, 255, 255],
    [1, 255, 0, 0],
  ]),
  seismic: createColourMap('seismic', 'diverging', [
    [0, 0, 0, 76],
    [0.25, 0, 0, 255],
    [0.5, 255, 255, 255],
    [0.75, 255, 0, 0],
    [1, 128, 0, 0],
  ]),
  'seismic-zennit': createColourMap('seismic-zennit', 'diverging', [
    [0, 0, 0, 208],
    [0.5, 208, 208, 208],
    [1, 208, 0, 0],
  ]),
  coldnhot: createColourMap('coldnhot', 'diverging', [
    [0, 0, 255, 255],
    [0.25, 0, 0, 255],
    [0.5, 0, 0, 0],
    [2 / 3, 255, 0, 0],
    [5 / 6, 255, 255, 0],
    [1, 255, 255, 255],
  ]),
  RdBu: createColourMap('RdBu', 'diverging', [
    [0, 5, 48, 97],
    [0.1, 33, 102, 172],
    [0.2, 67, 147, 195],
    [0.3, 146, 197, 222],
    [0.4, 209, 229, 240],
    [0.5, 247, 247, 247],
    [0.6, 253, 219, 199],
    [0.7, 244, 165, 130],
    [0.8, 214, 96, 77],
    [0.9, 178, 24, 43],
    [1, 103, 0, 31],
  ]),
  PuOr: createColourMap('PuOr', 'diverging', [
    [0, 45, 0, 75],
    [0.1, 84, 39, 136],
    [0.2, 128, 115, 172],
    [0.3, 178, 171, 210],
    [0.4, 216, 218, 235],
    [0.5, 247, 247, 247],
    [0.6, 254, 224, 182],
    [0.7, 253, 184, 99],
    [0.8, 224, 130, 20],
    [0.9, 179, 88, 6],
    [1, 127, 59, 8],
  ]),
  hot: createColourMap('hot', 'sequential', [
    [0, 0, 0, 0],
    [1 / 3, 255, 0, 0],
    [2 / 3, 255, 255, 0],
    [1, 255, 255, 255],
  ]),
  gray: createColourMap('gray', 'sequential', [
    [0, 0, 0, 0],
    [1, 255, 255, 255],
  ]),
  cividis: createColourMap('cividis', 'sequential', [
    [0, 0, 34, 78],
    [1 / 9, 18, 53, 112],
    [2 / 9, 59, 73, 108],
    [3 / 9, 87, 93, 109],
    [4 / 9, 112, 113, 115],
    [5 / 9, 138, 134, 120],
    [6 / 9, 165, 156, 116],
    [7 / 9, 195, 179, 105],
    [8 / 9, 225, 204, 85],
    [1, 254, 232, 56],
  ]),
  viridis: createColourMap('viridis', 'sequential', [
    [0, 68, 1, 84],
    [0.125, 71, 44, 122],
    [0.25, 59, 81, 139],
    [0.375, 44, 113, 142],
    [0.5, 33, 144, 141],
    [0.625, 39, 173, 129],
    [0.75, 92, 200, 99],
    [0.875, 170, 220, 50],
    [1, 253, 231, 37],
  ]),
} as const satisfies Readonly<Record<string, ColourMap>>;

export type ColourMapId = keyof typeof COLOUR_MAPS;

/** The colour map of a name.
 * @throws PatternLensError `invalid-argument` with the nearest name. */
export function colourMapNamed(id: string): ColourMap {
  if (Object.hasOwn(COLOUR_MAPS, id)) return COLOUR_MAPS[id as ColourMapId];
  throw new PatternLensError(
    'heatmap',
    'invalid-argument',
    `colour map: expected a known name, got "${id}". ${suggestion(id, Object.keys(COLOUR_MAPS))}`,
  );
}
