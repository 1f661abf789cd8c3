import type { Drawing } from '../looks/drawing.js';
import type { Size } from '../looks/sizes.js';
import type { Scale } from '../maps/scale.js';
import { NO_SCALE } from '../pictures/heat-to-rgb.js';
import type { PictureRenderer } from '../text/renderer.js';
import { place, type Block } from './block.js';
import { linePlotBlock } from './line-plot-block.js';
import { INK } from './page.js';
import { textBlock, type TextStyle } from './text-block.js';

/** What a picture says where it has nothing to show. */
const STATE_WORDS: Readonly<Record<Exclude<Scale['state'], 'finite'>, string>> = {
  zero: 'all zero',
  'not-finite': 'not finite',
};

const STATE: TextStyle = { size: 12, anchor: 'middle' };
/** Pictures may be narrower than the words about them. */
const WORDS_WIDTH = 68;

/** A drawing at a size within a thin border; words on flat grey where it has no scale. */
export function drawingBlock(drawing: Drawing, size: Size, renderer: PictureRenderer): Block {
  if (drawing.line) return linePlotBlock(drawing.line, size);
  const { width, height } = size;
  const border = { kind: 'box', x: 0, y: 0, width, height, border: INK.rule } as const;
  const state = drawing.scale?.state ?? 'finite';
  if (state === 'finite') {
    const picture = drawing.paint(width, height);
    return { width, height, marks: [{ kind: 'raster', x: 0, y: 0, picture }, border] };
  }
  const words = textBlock(STATE_WORDS[state], Math.max(width, WORDS_WIDTH), STATE, renderer);
  const middle = place(words, (width - words.width) / 2, (height - words.height) / 2);
  return { width, height, marks: [{ ...border, fill: `rgb(${NO_SCALE.join(',')})` }, ...middle] };
}
