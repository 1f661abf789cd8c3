import { html, type TemplateResult } from 'lit-html';
import { MEASURE_WORDS } from '../words/measure.js';
import { measureState, type MeasurementKind } from './measure-state.js';
import { cancelMeasurement } from './run-measurement.js';

/** What a metric says it is at, in the words of the page. */
function workText(what: string): string {
  const [first = '', second] = what.split(', ');
  if (second === undefined) return MEASURE_WORDS.curves;
  return second === 'maps' ? MEASURE_WORDS.maps(first) : MEASURE_WORDS.drawnAnew(second);
}

/** How far a measurement is, with a button that ends it; or how it ended, where it did not succeed. */
export function progressLine(kind: MeasurementKind, label: string): TemplateResult | undefined {
  const running = measureState.running.value;
  const ended = measureState.ended.value[kind];
  if (running?.kind === kind) {
    const { what, done, total, secondsLeft } = running;
    return html`<div class="measure-progress">
      <progress aria-label=${label} max=${Math.max(1, total)} .value=${done}></progress>
      <button type="button" @click=${cancelMeasurement}>Cancel</button>
      <span class="figures"
        >${MEASURE_WORDS.progress(workText(what), done, total, secondsLeft)}</span
      >
    </div>`;
  }
  return ended === undefined ? undefined : html`<p role="alert">${ended}</p>`;
}
