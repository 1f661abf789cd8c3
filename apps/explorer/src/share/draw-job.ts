import { pageToSvg, renderMap, renderSheet, type PictureRenderer } from '@patternlens/heatmap';
import type { PictureJob } from './picture-job.js';

/** The bytes of a picture's file.
 * @throws PatternLensError as `renderMap` and `renderSheet` do. */
export function drawJob(renderer: PictureRenderer, job: PictureJob): Uint8Array {
  if (job.draw === 'sheet') return renderSheet(renderer, job.sheet, job.look).png;
  const { png, page } = renderMap(renderer, job.map, job.look);
  return job.draw === 'png' ? png : new TextEncoder().encode(pageToSvg(page, renderer.family));
}
