import '../styles/measure.css';
import { html, type TemplateResult } from 'lit-html';
import { methodLabel } from '../explain/method-label.js';
import { fitSource } from '../fit/fit-source.js';
import type { View } from '../shell/view.js';
import type { App } from '../state/app.js';
import { MEASURE_WORDS } from '../words/measure.js';
import { cascadeSection } from './cascade-section.js';
import { degradationSection } from './degradation-section.js';
import { measuredMethods } from './measured-methods.js';
import { measureState } from './measure-state.js';
import { numberField } from './number-field.js';
import { watchMeasure } from './watch-measure.js';

/** More samples are measured by the command. */
const MOST = 1000;

/** On what is measured: samples from the current one on, the ticked methods. */
function measuredOf(app: App): TemplateResult {
  const { state } = app;
  const place = state.place.value;
  const { methods, leftOut } = measuredMethods(state);
  if (!place) return html`<p>${MEASURE_WORDS.noSample}</p>`;
  const source = fitSource(state.sets.value, place.set, Infinity);
  const most = Math.max(1, Math.min(MOST, source.most));
  return html`<div class="measure-choices">
      ${numberField(
        'Samples to measure on',
        Math.min(measureState.samples.value, most),
        [Math.min(2, most), most],
        measureState.running.value !== undefined,
        (value) => {
          measureState.samples.value = value;
        },
      )}
      <span class="quiet"
        >${MEASURE_WORDS.samples(source.source, place.set.nameOf(place.index))}</span
      >
    </div>
    <p>
      ${
        methods.length === 0
          ? MEASURE_WORDS.noMethod
          : MEASURE_WORDS.methods(methods.map((method) => methodLabel(method, methods)))
      }
    </p>
    ${
      leftOut.length === 0
        ? undefined
        : html`<p class="quiet">${MEASURE_WORDS.leftOut} ${leftOut.join('; ')}</p>`
    }`;
}

const template = (app: App): TemplateResult => {
  watchMeasure(app);
  if (!app.state.model.value) return html`<p class="quiet">The model is loading.</p>`;
  return html`<div class="measure">
    ${measuredOf(app)} ${degradationSection(app)} ${cascadeSection(app)}
  </div>`;
};

/** How good explanations are: by removing what they point at, and by spoiling the network. */
export const measureView: View = { template };
