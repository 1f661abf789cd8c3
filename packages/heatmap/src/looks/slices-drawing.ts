import { flatPicture, type Colour, type Picture } from '../pictures/picture.js';
import type { Drawing } from './drawing.js';

/** Between slices: no value of a map or an input is parted by it from the next by chance. */
const GAP: Colour = [208, 208, 208];
/** The gap as a share of a slice. */
const SHARE = 1 / 16;

/** Slices of a volume in a nearly square grid, row by row, with gaps between them. */
export function slicesDrawing(slices: readonly Drawing[]): Drawing {
  const [first] = slices as readonly [Drawing];
  const columns = Math.ceil(Math.sqrt(slices.length));
  const rows = Math.ceil(slices.length / columns);
  const gap = Math.max(1, Math.round(Math.max(first.width, first.height) * SHARE));
  const across = columns * (first.width + gap) - gap;
  const down = rows * (first.height + gap) - gap;
  const { scale } = first;
  return {
    kind: first.kind,
    ...(scale ? { scale } : {}),
    strip: false,
    width: across,
    height: down,
    slices: slices.length,
    paint: (width, height) => {
      const [perColumn, perRow] = [width / across, height / down];
      const sheet = flatPicture(width, height, GAP);
      for (const [at, slice] of slices.entries()) {
        const [column, row] = [at % columns, Math.floor(at / columns)];
        const left = Math.round(column * (first.width + gap) * perColumn);
        const top = Math.round(row * (first.height + gap) * perRow);
        const right = Math.round((column * (first.width + gap) + first.width) * perColumn);
        const bottom = Math.round((row * (first.height + gap) + first.height) * perRow);
        lay(slice.paint(right - left, bottom - top), sheet, left, top);
      }
      return sheet;
    },
  };
}

function lay(picture: Picture, sheet: Picture, left: number, top: number): void {
  for (let row = 0; row < picture.height; row++) {
    const from = row * picture.width * 4;
    const to = ((top + row) * sheet.width + left) * 4;
    sheet.data.set(picture.data.subarray(from, from + picture.width * 4), to);
  }
}
