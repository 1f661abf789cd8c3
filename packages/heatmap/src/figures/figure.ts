import { place, type Block } from '../pages/block.js';
import { drawPage } from '../pages/draw-page.js';
import { INK, type Page } from '../pages/page.js';
import type { TextStyle } from '../pages/text-block.js';
import type { Picture } from '../pictures/picture.js';
import { encodePng } from '../pictures/png.js';
import type { PictureRenderer } from '../text/renderer.js';

/** A page and the recipe that travels with it. */
export interface Figure {
  readonly page: Page;
  readonly recipe: unknown;
}

/** A finished figure. */
export interface RenderedFigure {
  readonly picture: Picture;
  /** The picture as a PNG file that carries its recipe: read it with `recipeOfPng`. */
  readonly png: Uint8Array;
  /** The figure before it was drawn, for `pageToSvg`. */
  readonly page: Page;
}

/** How a figure's title looks. */
export const TITLE: TextStyle = { size: 17, bold: true, colour: INK.strong };

const MARGIN = 20;

/** A page with space around its content. */
export const framed = (body: Block, description: string): Page => ({
  width: body.width + 2 * MARGIN,
  height: body.height + 2 * MARGIN,
  description,
  marks: place(body, MARGIN, MARGIN),
});

/** Draws a figure and writes it with its recipe. */
export function renderFigure(
  { page, recipe }: Figure,
  renderer: PictureRenderer,
  zoom?: number,
): RenderedFigure {
  const picture = drawPage(page, renderer, zoom);
  return { picture, png: encodePng(picture, recipe), page };
}
