import type { PictureRenderer } from '../text/renderer.js';
import { renderFigure, type RenderedFigure } from './figure.js';
import type { Sheet, SheetOptions } from './sheet.js';
import { sheetFigure } from './sheet-figure.js';

/** Samples by methods as a contact sheet: a row a sample, its input first, then the maps under the headings of their groups,
 * since only maps of one group compare; at the bottom what the colours mean and how the maps were made.
 * @throws PatternLensError `invalid-argument` for rows that do not fill the columns or options out of range, `invalid-shape` for
 * tensors that are not of the sheet's layout or a sheet too large to draw. */
export const renderSheet = (
  renderer: PictureRenderer,
  sheet: Sheet,
  options: SheetOptions = {},
): RenderedFigure => renderFigure(sheetFigure(renderer, sheet, options), renderer, options.zoom);
