import { html, type TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import type { LayerFacts } from '../compute/calls/layer-messages.js';
import { drawPicture } from '../explain/draw-picture.js';
import { neuronPicture } from './neuron-picture.js';

/** A neuron's weights or pattern on a canvas. Without values: an empty place, which says so. */
export const neuronCanvas = (
  values: ArrayLike<number> | undefined,
  inputs: LayerFacts['inputs'],
  label: string,
): TemplateResult =>
  values === undefined
    ? html`<span class="no-pattern">no pattern</span>`
    : html`<canvas
        class="neuron"
        role="img"
        aria-label=${label}
        ${ref((canvas) => {
          if (canvas) drawPicture(canvas as HTMLCanvasElement, neuronPicture(values, inputs));
        })}
      ></canvas>`;
