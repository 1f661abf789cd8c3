import type { Tensor } from '@patternlens/core';
import type { Drawing } from '../looks/drawing.js';
import { inputDrawing } from '../looks/input-drawing.js';
import type { Look } from '../looks/look.js';
import { mapDrawing, type ShownMap } from '../looks/map-drawing.js';
import type { Layout } from '../maps/geometry.js';
import { METHOD_GROUPS } from '../methods/method-names.js';
import type { Sheet, SheetRow, SheetScope, SheetTruth } from './sheet.js';
import type { Cell, Column } from './sheet-column.js';
import { methodColumn } from './sheet-method-column.js';

/** Columns that may be compared. */
export interface ColumnGroup {
  readonly name: string;
  readonly columns: readonly Column[];
}

/** The columns of a sheet from left to right: inputs, then methods by group in the order given, then what is known. */
export function sheetColumns(sheet: Sheet, look: Look, scope: SheetScope): readonly ColumnGroup[] {
  const { methods, truth = [], rows, layout } = sheet;
  const numbered = methods.map((method, at) => ({ method, at }));
  const plain = (drawing: Drawing): Cell => ({ drawing, note: '' });
  const inputs = rows.map(({ input }) => plain(inputDrawing(input, layout)));
  const groups: readonly ColumnGroup[] = [
    { name: '', columns: [{ heading: 'Input', remark: '', cells: inputs }] },
    ...METHOD_GROUPS.map(({ id, name }) => ({
      name,
      columns: numbered
        .filter(({ method }) => method.recipe.group === id)
        .map(({ at }) => methodColumn(sheet, at, look, scope)),
    })),
    {
      name: 'Truth',
      columns: truth.map(({ name, kind }, at) => ({
        heading: name,
        remark: '',
        cells: rows.map((row) => plain(truthDrawing(row.truth![at]!, kind, row, layout, look))),
      })),
    },
  ];
  return groups.filter(({ columns }) => columns.length > 0);
}

/** A known signal is shown as signals are, whatever the look of the maps. */
function truthDrawing(
  values: Tensor,
  kind: SheetTruth['kind'],
  { input }: SheetRow,
  layout: Layout,
  look: Look,
): Drawing {
  if (kind === 'image') return inputDrawing({ values }, layout);
  const shown: ShownMap = { relevance: values, layout, group: 'signal', input };
  return mapDrawing(shown, { ...look, view: 'signal' });
}
