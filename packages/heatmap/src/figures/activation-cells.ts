import type { Range } from '@patternlens/core/neurons';
import type { Drawing } from '../looks/drawing.js';
import { SMOOTH_FROM } from '../looks/drawing.js';
import { cellSize, type Size } from '../looks/sizes.js';
import type { Layout } from '../maps/geometry.js';
import { place, type Block } from '../pages/block.js';
import { INK, type Mark } from '../pages/page.js';
import { cropPicture, type PixelBox } from '../pictures/crop-picture.js';
import { resizePicture } from '../pictures/resample.js';

/** The longer side that cells of small fields are brought near to, and the most that cells of large ones have. */
const SMALL = 72;
const LARGE = 112;
const EMPTY = '#f2f2f2';

/** The pixels of a field in a drawing of its input at its own size; rows of a strip are never cropped. */
export function boxOf(field: readonly Range[], layout: Layout, drawing: Drawing): PixelBox {
  const { strip, width, height } = drawing;
  const [rows, columns] =
    layout === 'channels-first' && field.length === 3
      ? [field[1]!, field[2]!]
      : [field[0]!, field[1] ?? field[0]!];
  const isEmpty = rows.from === rows.to || columns.from === columns.to;
  const isImage = field.length === (layout === 'no-channels' ? 2 : 3);
  const isWhole = strip || isEmpty || !isImage || rows.to > height || columns.to > width;
  if (isWhole) return { left: 0, top: 0, width, height };
  return {
    left: columns.from,
    top: rows.from,
    width: columns.to - columns.from,
    height: rows.to - rows.from,
  };
}

/** How large all cells of a figure are, and by how much their pictures are enlarged. */
export interface CellScale {
  readonly cell: Size;
  readonly zoom: number;
}

/** One scale for all fields: small ones in whole multiples, so that every pixel is a square; larger ones shrunk where they must. */
export function scaleOfCells(boxes: readonly PixelBox[], first: Drawing): CellScale {
  if (first.strip) return { cell: cellSize(first, LARGE), zoom: 1 };
  const width = Math.max(...boxes.map((box) => box.width));
  const height = Math.max(...boxes.map((box) => box.height));
  const longest = Math.max(width, height);
  const zoom =
    longest < SMOOTH_FROM ? Math.max(1, Math.round(SMALL / longest)) : Math.min(1, LARGE / longest);
  return {
    cell: { width: Math.ceil(width * zoom), height: Math.ceil(height * zoom) },
    zoom,
  };
}

/** What is missing of a field stands where the input's border cut it off: at the left of what begins at the border. */
function lead(from: number, length: number, whole: number, room: number): number {
  if (from === 0 && length < whole) return room;
  return from + length === whole && length < whole ? 0 : Math.floor(room / 2);
}

/** A cell with the field's part of a drawing; flat grey where there is no drawing, or the border cut the field. */
export function activationCell(
  drawing: Drawing | undefined,
  box: PixelBox | undefined,
  { cell, zoom }: CellScale,
): Block {
  const frame: Mark = { kind: 'box', x: 0, y: 0, ...cell, fill: EMPTY, border: INK.rule };
  if (!drawing || !box) return { ...cell, marks: [frame] };
  if (drawing.strip)
    return {
      ...cell,
      marks: [
        frame,
        { kind: 'raster', x: 0, y: 0, picture: drawing.paint(cell.width, cell.height) },
      ],
    };
  const cropped = cropPicture(drawing.paint(drawing.width, drawing.height), box);
  const width = Math.min(cell.width, Math.max(1, Math.round(box.width * zoom)));
  const height = Math.min(cell.height, Math.max(1, Math.round(box.height * zoom)));
  const picture = resizePicture(cropped, width, height, zoom > 1 ? 'nearest' : 'smooth');
  const x = lead(box.left, box.width, drawing.width, cell.width - width);
  const y = lead(box.top, box.height, drawing.height, cell.height - height);
  return { ...cell, marks: [frame, { kind: 'raster', x, y, picture }] };
}

/** Cells row by row. */
export function cellGrid(cells: readonly Block[], columns: number, gap: number): Block {
  const [{ width, height } = { width: 0, height: 0 }] = cells;
  const rows = Math.ceil(cells.length / columns);
  return {
    width: columns * (width + gap) - gap,
    height: rows * (height + gap) - gap,
    marks: cells.flatMap(({ marks }, at) => {
      const x = (at % columns) * (width + gap),
        y = Math.floor(at / columns) * (height + gap);
      return place({ width, height, marks }, x, y);
    }),
  };
}
