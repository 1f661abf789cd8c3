import type { PictureRenderer } from '../text/renderer.js';
import type { ExplainedMap, MapOptions } from './explained-map.js';
import { renderFigure, type RenderedFigure } from './figure.js';
import { mapFigure } from './map-figure.js';

/** One map as a figure: what was explained, the input and the map, a colour bar and the recipe. No image is drawn smaller than
 * it is; only signals of more than 2048 points are, keeping their peaks. A map that is zero or not finite says so.
 * @throws PatternLensError `invalid-shape` for relevance or an input that is not of its layout, or a page too large to draw,
 * `invalid-argument` for options out of range or a sequential colour map for signed values. */
export const renderMap = (
  renderer: PictureRenderer,
  map: ExplainedMap,
  options: MapOptions = {},
): RenderedFigure => renderFigure(mapFigure(renderer, map, options), renderer, options.zoom);
