import { cellSize, type Size } from '../looks/sizes.js';
import { place, stack, type Block } from '../pages/block.js';
import { drawingBlock } from '../pages/drawing-block.js';
import { textBlock } from '../pages/text-block.js';
import type { PictureRenderer } from '../text/renderer.js';
import { widestText } from '../text/widest-text.js';
import type { SheetRow } from './sheet.js';
import type { Cell, Column } from './sheet-column.js';
import type { ColumnGroup } from './sheet-columns.js';
import { HEADING, NOTE, sheetHeadings } from './sheet-headings.js';
import { labelWidthOf, rowLabel } from './sheet-label.js';

const COLUMN_GAP = 10;
const GROUP_GAP = 26;
const ROW_GAP = 14;
const LABEL_GAP = 14;

/** The width that cells are fitted to; more columns than fit at their least size make the page wider. */
const ROOM = 1900;
const LEAST_CELL = 120;
const LARGEST_CELL = 240;
/** Longer words of headings are broken, so that one of them does not spread all columns. */
const LONGEST_WORD = 150;

/** Where the columns stand. */
interface Grid {
  readonly columns: readonly Column[];
  /** Of every picture, by column and row. */
  readonly sizes: readonly (readonly Size[])[];
  readonly lefts: readonly number[];
  readonly width: number;
  readonly labelWidth: number;
}

/** Rows of samples under headings, all cells of a row and of a column in line.
 * @param wanted the longer side of a cell's image, or undefined to choose one that fits. */
export function sheetGrid(
  groups: readonly ColumnGroup[],
  rows: readonly SheetRow[],
  wanted: number | undefined,
  renderer: PictureRenderer,
): Block {
  const columns = groups.flatMap((group) => group.columns);
  const labelWidth = labelWidthOf(rows, renderer);
  const fitting = Math.floor((ROOM - labelWidth) / columns.length) - COLUMN_GAP;
  const room = wanted ?? Math.max(LEAST_CELL, Math.min(LARGEST_CELL, fitting));
  const sizes = columns.map(({ cells }) =>
    cells.map(({ drawing }) => cellSize(drawing, room, wanted)),
  );
  const width = columnWidth(columns, sizes, renderer);
  const lefts = leftsOf(groups, labelWidth + LABEL_GAP, width);
  const grid = { columns, sizes, lefts, width, labelWidth };
  const lines = rows.map((row, at) => sheetLine(row, at, grid, renderer));
  return stack([sheetHeadings(groups, lefts, width, renderer), stack(lines, ROW_GAP)], 8);
}

/** One row: its label beside the pictures, halfway up. */
function sheetLine(row: SheetRow, at: number, grid: Grid, renderer: PictureRenderer): Block {
  const { columns, sizes, lefts, width, labelWidth } = grid;
  const pictures = Math.max(...sizes.map((column) => column[at]!.height));
  const cells = columns.map((column, index) =>
    cellBlock(column.cells[at]!, sizes[index]![at]!, { width, height: pictures }, renderer),
  );
  const label = rowLabel(row, labelWidth, renderer);
  const drop = Math.max(0, (pictures - label.height) / 2);
  return {
    width: lefts.at(-1)! + width,
    height: Math.max(label.height, ...cells.map(({ height }) => height)),
    marks: [
      ...place(label, 0, drop),
      ...cells.flatMap((cell, index) => place(cell, lefts[index]!, 0)),
    ],
  };
}

/** A picture in the middle of its place, and its note beneath. */
function cellBlock(
  { drawing, note }: Cell,
  size: Size,
  { width, height }: Size,
  renderer: PictureRenderer,
): Block {
  const words = textBlock(note, width, NOTE, renderer);
  const picture = drawingBlock(drawing, size, renderer);
  return {
    width,
    height: words.height === 0 ? height : height + 2 + words.height,
    marks: [
      ...place(picture, (width - size.width) / 2, (height - size.height) / 2),
      ...place(words, 0, height + 2),
    ],
  };
}

/** As wide as the widest picture, and as the longest word of a heading. */
function columnWidth(
  columns: readonly Column[],
  sizes: readonly (readonly Size[])[],
  renderer: PictureRenderer,
): number {
  const words = columns.flatMap(({ heading }) => heading.split(/(?<=[\s-])/));
  const longest = widestText(words, HEADING.size, false, renderer) + 1;
  const pictures = sizes.flat().map(({ width }) => width);
  return Math.ceil(Math.max(...pictures, Math.min(LONGEST_WORD, longest)));
}

function leftsOf(groups: readonly ColumnGroup[], start: number, width: number): readonly number[] {
  const gaps = groups.flatMap(({ columns }) =>
    columns.map((_, at) => (at === columns.length - 1 ? GROUP_GAP : COLUMN_GAP)),
  );
  let left = start;
  return gaps.map((gap) => {
    const at = left;
    left += width + gap;
    return at;
  });
}
