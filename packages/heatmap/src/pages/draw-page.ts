import { PatternLensError } from '@patternlens/core';
import { resizePicture } from '../pictures/resample.js';
import type { Picture } from '../pictures/picture.js';
import type { PictureRenderer } from '../text/renderer.js';
import type { Page } from './page.js';
import { vectorsToSvg } from './page-to-svg.js';

/** Pages beyond this take gigabytes to draw. */
const MOST_PIXELS = 64e6;

/** The pixels of a page. Rasters are put into place as they are, so no renderer's resampling touches them; at a zoom of 2, 3 ...
 * their pixels become squares, and text stays sharp.
 * @throws PatternLensError `invalid-argument` for a zoom that is not a whole number from 1 to 8, `invalid-shape` for a page of
 * more than 64 million pixels. */
export function drawPage(page: Page, renderer: PictureRenderer, zoom = 1): Picture {
  if (!Number.isInteger(zoom) || zoom < 1 || zoom > 8) {
    throw new PatternLensError(
      'heatmap',
      'invalid-argument',
      `zoom: expected a whole number from 1 to 8, got ${zoom}. 1 is for screens, 2 to 4 for print.`,
    );
  }
  const pixels = page.width * page.height * zoom * zoom;
  if (pixels > MOST_PIXELS) {
    throw new PatternLensError(
      'heatmap',
      'invalid-shape',
      `page: expected at most ${MOST_PIXELS / 1e6} million pixels, got ${page.width * zoom} x ${page.height * zoom}. Draw fewer rows at a time, smaller cells or a smaller zoom.`,
    );
  }
  const drawn = renderer.draw(vectorsToSvg(page, renderer.family, zoom));
  for (const mark of page.marks) {
    if (mark.kind !== 'raster') continue;
    const { width, height } = mark.picture;
    const enlarged = resizePicture(mark.picture, width * zoom, height * zoom, 'nearest');
    put(enlarged, drawn, mark.x * zoom, mark.y * zoom);
  }
  return drawn;
}

/** Copies a picture into one that nobody else has seen yet. */
function put(picture: Picture, onto: Picture, x: number, y: number): void {
  for (let row = 0; row < picture.height; row++) {
    const line = picture.data.subarray(row * picture.width * 4, (row + 1) * picture.width * 4);
    onto.data.set(line, ((y + row) * onto.width + x) * 4);
  }
}
