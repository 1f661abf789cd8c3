import { html, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { MEASURE_WORDS } from '../words/measure.js';
import { cascadeStrip } from './cascade-strip.js';
import { cascadeTable } from './cascade-table.js';
import { measuredMethods } from './measured-methods.js';
import { measuredOn } from './measured-on.js';
import { ofNow } from './measure-key.js';
import { measureState } from './measure-state.js';
import { progressLine } from './progress-line.js';
import { isRefitted, REFIT, startCascade } from './start-cascade.js';

function refitBox(app: App, isBusy: boolean): TemplateResult | undefined {
  const { methods } = measuredMethods(app.state);
  const facts = app.state.model.value!.facts.methods;
  const needs = ({ id }: { id: string }): boolean =>
    facts.find((method) => method.id === id)?.needsPatterns ?? false;
  if (!methods.some(needs)) return undefined;
  return html`<label class="check"
    ><input
      type="checkbox"
      .checked=${isRefitted(app)}
      ?disabled=${isBusy}
      @change=${(event: Event) => {
        measureState.refit.value = (event.target as HTMLInputElement).checked;
      }}
    />${MEASURE_WORDS.refit(REFIT)}</label
  >`;
}

/** What becomes of the maps while layers are drawn anew from the top. */
export function cascadeSection(app: App): TemplateResult {
  const isBusy = measureState.running.value !== undefined;
  const measured = ofNow(app.state, measureState.cascade.value);
  const { methods } = measuredMethods(app.state);
  return html`<section aria-labelledby="cascade-title" data-tour="cascade">
    <h2 id="cascade-title">Cascade</h2>
    <p>${MEASURE_WORDS.cascade}</p>
    <div class="measure-choices">
      <button
        type="button"
        class="primary"
        ?disabled=${methods.length === 0}
        aria-disabled=${String(isBusy)}
        @click=${() => void startCascade(app)}
      >
        Randomise from the top
      </button>
      ${refitBox(app, isBusy)}
    </div>
    ${progressLine('cascade', 'Cascade')}
    <div class=${measureState.running.value?.kind === 'cascade' ? 'before' : 'result'}>
      ${
        measured
          ? html`${cascadeTable(measured)}
              <p class="quiet">${measuredOn(app, measured, measured.value.samples)}</p>
              ${measured.value.warnings.map((warning) => html`<p class="warning">${warning}</p>`)}
              ${cascadeStrip(app, measured)}`
          : undefined
      }
    </div>
  </section>`;
}
