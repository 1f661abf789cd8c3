import type { Explanation } from '@patternlens/core';
import type { InputAxes } from '@patternlens/core/network';
import {
  colourMapNamed,
  heatToRgb,
  picturedSample,
  reduceChannels,
  scaleOf,
} from '@patternlens/heatmap';
import { html, type TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import type { Look } from '../state/look.js';
import { drawPicture } from './draw-picture.js';

export interface MapParts {
  readonly explanation: Explanation;
  readonly axes: InputAxes;
  readonly look: Look;
}

/** A heat map on a canvas of one pixel a value. */
export function mapCanvas({ explanation, axes, look }: MapParts): TemplateResult {
  const { values, layout } = picturedSample(explanation.relevance, 0, axes);
  const plane = reduceChannels(values, layout);
  const scale = scaleOf(plane.values, look.quantile);
  const picture = heatToRgb(plane, scale, colourMapNamed(look.colours), look.gamma);
  return html`<canvas
    ${ref((canvas) => {
      if (canvas) drawPicture(canvas as HTMLCanvasElement, picture);
    })}
  ></canvas>`;
}
