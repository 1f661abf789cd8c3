import { html, type TemplateResult } from 'lit-html';
import '../styles/explain.css';
import '../styles/maps.css';
import { cameraButton } from '../open/camera-button.js';
import { setUp, watch } from '../shell/watch.js';
import type { View } from '../shell/view.js';
import type { App } from '../state/app.js';
import { followCursor } from './cursor.js';
import { drawer } from './drawer.js';
import { fullView } from './full-view.js';
import { inputStage } from './input-stage.js';
import { mapFigures } from './maps.js';
import { predictionBar } from './prediction.js';
import { sampleList } from './samples.js';

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
          ${watch(() => cameraButton(app))} ${watch(() => sampleList(app))}
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
        ${watch(() => drawer(app))}
      </div>
      ${watch(() => fullView(app))}
    `;
  },
};
