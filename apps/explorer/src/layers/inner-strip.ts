import { colourMapNamed, heatToRgb, methodName, scaleOf } from '@patternlens/heatmap';
import { valueText } from '@patternlens/page';
import { html, type TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import type { InnerRelevance } from '../compute/calls/inner-messages.js';
import { drawPicture } from '../explain/draw-picture.js';
import type { App } from '../state/app.js';
import { LAYERS_WORDS } from '../words/layers.js';
import { layersState } from './layers-state.js';
import { innerKey, loadInner, tracedMethods } from './load-inner.js';

function tile({ layer, rule, plane, sum }: InnerRelevance): TemplateResult {
  const draw = (canvas: Element | undefined): void => {
    if (!canvas) return;
    const picture = heatToRgb(plane, scaleOf(plane.values), colourMapNamed('bwr'));
    drawPicture(canvas as HTMLCanvasElement, picture);
  };
  return html`<li>
    <canvas role="img" aria-label="Relevance at ${layer}" ${ref(draw)}></canvas>
    <b>${layer}</b>
    <p class="below">${rule}<br />sum ${valueText(sum)}</p>
  </li>`;
}

/** The relevance at every layer as a strip, for a method that is chosen. */
export function innerStrip(app: App): TemplateResult {
  const methods = tracedMethods(app);
  const shown = layersState.inner.value;
  const now = shown?.of === innerKey(app) ? shown : undefined;
  return html`<h2>Relevance at every layer</h2>
    <p class="quiet">${methods.length === 0 ? LAYERS_WORDS.noInner : LAYERS_WORDS.inner}</p>
    <p class="buttons" role="group" aria-label="Relevance at every layer">
      ${methods.map(
        (method) =>
          html`<button
            type="button"
            aria-pressed=${String(now?.method === method.text)}
            ?disabled=${layersState.isTracing.value}
            @click=${() => void loadInner(app, method)}
          >
            ${methodName(method.id)}${method.text === method.id ? '' : ` (${method.text})`}
          </button>`,
      )}
    </p>
    ${
      now
        ? html`<ul
            class="inner-strip"
            tabindex="0"
            aria-label="Layers from the output to the input"
          >
            ${now.value.map(tile)}
          </ul>`
        : undefined
    }`;
}
