import { wrapText } from '../text/fit-text.js';
import type { PictureRenderer } from '../text/renderer.js';
import type { Block } from './block.js';
import { INK, type Anchor } from './page.js';

/** How a paragraph looks. */
export interface TextStyle {
  readonly size: number;
  readonly bold?: boolean;
  readonly colour?: string;
  readonly anchor?: Anchor;
  /** What has no room on this many lines ends in an ellipsis. */
  readonly maxLines?: number;
}

/** A paragraph wrapped to a width, which the block has whatever the text's own. */
export function textBlock(
  text: string,
  width: number,
  style: TextStyle,
  renderer: PictureRenderer,
): Block {
  const { size, bold = false, colour = INK.normal, anchor = 'start', maxLines } = style;
  const measure = (line: string): number => renderer.textWidth(line, size, bold);
  const lines = wrapText(text, width, measure, maxLines);
  const lineHeight = Math.round(size * 1.35);
  const x = { start: 0, middle: width / 2, end: width }[anchor];
  return {
    width,
    height: lines.length * lineHeight,
    marks: lines.map((line, at) => ({
      kind: 'text',
      x,
      y: at * lineHeight + Math.round(size),
      text: line,
      size,
      bold,
      colour,
      anchor,
    })),
  };
}
