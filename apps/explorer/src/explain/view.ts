import { html } from 'lit-html';
import type { View } from '../shell/views.js';
import { lookControls } from './look-controls.js';
import { mapFigures } from './maps.js';
import { methodList } from './methods.js';
import { predictionBar } from './prediction.js';
import { sampleList } from './samples.js';

/** What the model decided about a sample, and what it looked at, by every method that is ticked. */
export const explainView: View = {
  template: (app) => html`
    <div class="explain">
      <aside class="side-samples">${sampleList(app)}</aside>
      <div class="explain-main">${predictionBar(app)} ${mapFigures(app)}</div>
      <aside class="side-look">${lookControls(app)} ${methodList(app)}</aside>
    </div>
  `,
};
