import { html, type TemplateResult } from 'lit-html';
import '../styles/explain.css';
import '../styles/maps.css';
import { setUp, watch } from '../shell/watch.js';
import type { View } from '../shell/views.js';
import type { App } from '../state/app.js';
import { followCursor } from './cursor.js';
import { fullView } from './full-view.js';
import { inputStage } from './input-stage.js';
import { lookControls } from './look-controls.js';
import { mapFigures } from './maps.js';
import { methodList } from './methods.js';
import { predictionBar } from './prediction.js';
import { sampleList } from './samples.js';

/** Looks and methods, in a drawer where the page is narrow. */
function side(app: App): TemplateResult {
  const { page } = app.state;
  const isOpen = page.drawer.value;
  return html`<button
      type="button"
      class="drawer-button"
      aria-expanded=${String(isOpen)}
      aria-controls="side-look"
      @click=${() => {
        page.drawer.value = !isOpen;
      }}
    >
      Look and methods
    </button>
    <aside class="side-look" id="side-look" aria-label="Look and methods" ?data-open=${isOpen}>
      <button
        type="button"
        class="drawer-close"
        @click=${() => {
          page.drawer.value = false;
        }}
      >
        Close
      </button>
      ${watch(() => lookControls(app))} ${watch(() => methodList(app))}
    </aside>`;
}

function noSample({ state }: App): TemplateResult {
  const model = state.model.value;
  const shape = model?.facts.inputs[0]?.shape.map((size) =>
    typeof size === 'number' ? size : 'N',
  );
  return html`<p class="empty-note">
    This model reads [${shape?.join(', ')}]. Drop photos, or an array of that shape.
  </p>`;
}

/** What the model decided about a sample, and what it looked at, by every method that is ticked. */
export const explainView: View = {
  template: (app) => {
    const { state } = app;
    const isEmpty = state.model.value !== undefined && state.place.value === undefined;
    return html`
      <div class="explain" ${setUp(followCursor(state))}>
        <aside class="side-samples" aria-label="Gallery">
          <h2>Samples</h2>
          ${watch(() => sampleList(app))}
        </aside>
        <div class="explain-main">
          ${
            isEmpty
              ? noSample(app)
              : html`<div class="decision">
                    ${watch(() => inputStage(app))} ${watch(() => predictionBar(app))}
                  </div>
                  ${watch(() => mapFigures(app))}`
          }
        </div>
        ${watch(() => side(app))}
      </div>
      ${watch(() => fullView(app))}
    `;
  },
};
