import { html, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { MEASURE_WORDS } from '../words/measure.js';
import { curveChart } from './curve-chart.js';
import { patchCount, patchSizes } from './default-patch.js';
import { degradationSentences } from './degradation-sentences.js';
import { degradationTable, nameOf } from './degradation-table.js';
import { degradedImage } from './degraded-image.js';
import { measuredMethods } from './measured-methods.js';
import { measuredOn } from './measured-on.js';
import { measureState } from './measure-state.js';
import { numberField } from './number-field.js';
import { progressLine } from './progress-line.js';
import { shownStep } from './shown-step.js';
import { chosenPatch, startDegradation } from './start-degradation.js';

/** Steps that are taken at most. */
const STEPS = 100;

function result(app: App): TemplateResult | undefined {
  const measured = measureState.degradation.value;
  const shown = shownStep(app);
  if (!measured || !shown) return undefined;
  const { value } = measured;
  const sentences = degradationSentences(value, (text) => nameOf(measured, text));
  return html`<p>${sentences.join(' ')}</p>
    <div class="curves-and-image">
      <div class="curves-chart">
        ${curveChart(value, shown, shown.name)}
        <p class="quiet">${MEASURE_WORDS.chartKey(shown.name)}</p>
      </div>
      ${degradedImage(app, shown)}
      <div class="curves-table">${degradationTable(measured, shown)}</div>
    </div>
    <p class="quiet">${measuredOn(app, measured, value.samples.length)} ${MEASURE_WORDS.scores}</p>
    ${value.warnings.map((warning) => html`<p class="warning">${warning}</p>`)}`;
}

/** Degradation of the ticked methods. */
export function degradationSection(app: App): TemplateResult {
  const { methods } = measuredMethods(app.state);
  const isBusy = measureState.running.value !== undefined;
  const sizes = patchSizes(app.state.model.value!.facts.inputs[0]!);
  const patch = chosenPatch(app);
  const steps = Math.min(STEPS, patchCount(sizes, patch));
  const passes = measureState.samples.value * (methods.length * (steps + 1) + steps);
  return html`<section aria-labelledby="degradation-title">
    <h2 id="degradation-title">Degradation</h2>
    <p>${MEASURE_WORDS.degradation}</p>
    <div class="measure-choices">
      ${numberField('Side of a patch', patch, [1, Math.min(...sizes)], isBusy, (value) => {
        measureState.patch.value = value;
      })}
      <button
        type="button"
        class="primary"
        ?disabled=${methods.length === 0}
        aria-disabled=${String(isBusy)}
        @click=${() => void startDegradation(app)}
      >
        Measure degradation
      </button>
      <span class="quiet figures">${MEASURE_WORDS.work(passes)}</span>
    </div>
    ${progressLine('degradation', 'Degradation')}
    <div class=${measureState.running.value?.kind === 'degradation' ? 'before' : 'result'}>
      ${result(app)}
    </div>
  </section>`;
}
