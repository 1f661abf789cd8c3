import type { PictureRenderer } from './renderer.js';

/** The width of the widest of some lines in pixels. */
export const widestText = (
  texts: readonly string[],
  size: number,
  bold: boolean,
  renderer: PictureRenderer,
): number => Math.max(0, ...texts.map((text) => renderer.textWidth(text, size, bold)));
