import type { Mark } from './page.js';

/** A part of a page: marks within a box, measured from its own upper left corner. */
export interface Block {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

/** Nothing, of a size. */
export const space = (width: number, height: number): Block => ({ width, height, marks: [] });

/** The block's marks with its corner at x and y, rounded to whole pixels so that rasters and lines stay sharp. */
export function place(block: Block, x: number, y: number): readonly Mark[] {
  const [left, top] = [Math.round(x), Math.round(y)];
  return block.marks.map((mark) =>
    mark.kind === 'line' || mark.kind === 'polygon'
      ? { ...mark, points: mark.points.map((value, at) => value + (at % 2 === 0 ? left : top)) }
      : { ...mark, x: mark.x + left, y: mark.y + top },
  );
}

/** One below the other, aligned at the left; without a gap for what has no height. */
export function stack(blocks: readonly Block[], gap: number): Block {
  let height = 0;
  const marks: Mark[] = [];
  for (const [at, block] of blocks.filter((part) => part.height > 0).entries()) {
    const top = at === 0 ? 0 : height + gap;
    marks.push(...place(block, 0, top));
    height = top + block.height;
  }
  return { width: Math.max(0, ...blocks.map(({ width }) => width)), height, marks };
}

/** One beside the other, aligned at the top. */
export function row(blocks: readonly Block[], gap: number): Block {
  let width = 0;
  const marks: Mark[] = [];
  for (const [at, block] of blocks.entries()) {
    const left = at === 0 ? 0 : width + gap;
    marks.push(...place(block, left, 0));
    width = left + block.width;
  }
  return { width, height: Math.max(0, ...blocks.map(({ height }) => height)), marks };
}
