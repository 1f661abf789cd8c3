import { methodName } from '@patternlens/heatmap';
import { html, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { mapCanvas } from './map-canvas.js';

/** A figure for every method that is ticked. */
export function mapFigures({ state }: App): TemplateResult {
  const model = state.model.value;
  const axes = model?.facts.inputs[0]?.axes;
  return html`<section aria-label="Explanations" class="maps">
    ${state.methods.value.map(({ id, text }) => {
      const result = state.results.value.get(text);
      return html`<figure
        aria-label=${methodName(id)}
        class="map"
        data-status=${result?.status ?? 'pending'}
      >
        ${
          result?.explanation && axes
            ? mapCanvas({ explanation: result.explanation, axes, look: state.look.value })
            : html`<canvas width="16" height="16"></canvas>`
        }
        <figcaption>${methodName(id)} ${result?.reason ?? ''}</figcaption>
      </figure>`;
    })}
  </section>`;
}
