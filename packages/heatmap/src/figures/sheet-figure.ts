import { lookOf, type Look } from '../looks/look.js';
import { space, stack } from '../pages/block.js';
import { textBlock } from '../pages/text-block.js';
import type { PictureRenderer } from '../text/renderer.js';
import { framed, TITLE, type Figure } from './figure.js';
import { checkSheet, type Sheet, type SheetOptions } from './sheet.js';
import { sheetColumns } from './sheet-columns.js';
import { sheetFooter } from './sheet-footer.js';
import { sheetGrid } from './sheet-grid.js';

const LEAST_WIDTH = 520;
const COMPARE =
  'Compare within a group: function, signal and attribution are different quantities.';

/** The page of a sheet: title, grid of maps, what the colours mean and how the maps were made. */
export function sheetFigure(
  renderer: PictureRenderer,
  sheet: Sheet,
  options: SheetOptions,
): Figure {
  checkSheet(sheet, options);
  const { scope = 'map', cellSize } = options;
  const { title = '' } = sheet;
  const look = lookOf(options);
  const groups = sheetColumns(sheet, look, scope);
  const grid = sheetGrid(groups, sheet.rows, cellSize, renderer);
  const width = Math.max(grid.width, LEAST_WIDTH);
  const several = new Set(sheet.methods.map(({ recipe }) => recipe.group)).size > 1;
  const body = stack(
    [
      textBlock(title, width, TITLE, renderer),
      textBlock(several ? COMPARE : '', width, { size: 12 }, renderer),
      space(width, 4),
      grid,
      space(width, 8),
      sheetFooter(sheet, groups, look, scope, width, renderer),
    ],
    5,
  );
  return {
    page: framed(body, title === '' ? 'Samples by methods' : title),
    recipe: embeddedRecipe(sheet, look, scope),
  };
}

/** The recipe that travels in the PNG: what every column and row is. */
function embeddedRecipe(sheet: Sheet, look: Look, scope: string): unknown {
  const { title, layout, methods, truth, rows } = sheet;
  return {
    format: 'patternlens-sheet',
    title,
    layout,
    look: { ...look, colours: look.colours.id },
    scope,
    methods,
    truth,
    rows: rows.map(({ target, trueName, maps }) => ({
      target,
      trueName,
      maps: maps.map(({ exponent = 0, note }) => ({ exponent, note })),
    })),
  };
}
