import '../styles/backends.css';
import { effect } from '@preact/signals-core';
import { oneThread } from '@patternlens/page';
import { html, type TemplateResult } from 'lit-html';
import type { View } from '../shell/views.js';
import type { App } from '../state/app.js';
import { verdict, WORDS } from '../words/backends.js';
import { backendChoice } from './backend-choice.js';
import { backendTable, shownName } from './backend-table.js';
import { blinkBox, blinkNow } from './blink.js';
import { compareBackends } from './compare-backends.js';
import { comparedSetting, sampleName } from './compared-setting.js';
import type { Comparison } from './comparison.js';
import { readingOf } from './cursor.js';
import { heavyOffer } from './heavy-offer.js';
import { backendsParts, tickedOf } from './parts.js';
import { saveReport } from './report.js';
import { LIMIT } from './limits.js';
import { rowNumbers } from './tell-comparison.js';

/** What a comparison found so far, once it is over. */
const verdictOf = ({ rows }: Comparison): string =>
  verdict(
    rows.map((row) => ({
      ...rowNumbers(row),
      id: row.id,
      status: row.status,
      isCancelled: row.failure?.code === 'cancelled',
    })),
    LIMIT,
  );

function actions(app: App): TemplateResult {
  const parts = backendsParts(app);
  const step = parts.comparison.value?.step;
  const canCompare = tickedOf(parts).length > 0 && app.state.sample.value !== undefined;
  return html`<div class="compare-actions">
    <button
      type="button"
      class="main-action"
      ?disabled=${!canCompare || step !== undefined}
      @click=${() => {
        void compareBackends(app);
      }}
    >
      Compare backends
    </button>
    ${
      step
        ? html`<button
              type="button"
              @click=${() => {
                parts.cancel?.();
              }}
            >
              Cancel
            </button>
            <progress aria-label="Comparison" max=${step.total} .value=${step.done}></progress>
            <span class="quiet figures">${step.done} of ${step.total}, ${step.what}</span>`
        : undefined
    }
  </div>`;
}

function methodChoice(app: App, { methods }: Comparison): TemplateResult | undefined {
  const { shown } = backendsParts(app);
  if (methods.length < 2) return undefined;
  return html`<label class="shown-method"
    >Maps and times of
    <select
      @change=${(event: Event) => {
        shown.value = (event.target as HTMLSelectElement).value;
      }}
    >
      ${methods.map(
        ({ text }) =>
          html`<option value=${text} ?selected=${text === shown.value}>${shownName(text)}</option>`,
      )}
    </select></label
  >`;
}

function results(app: App, comparison: Comparison, shown: string): TemplateResult {
  const parts = backendsParts(app);
  const isStale = comparedSetting(app)?.key !== comparison.setting.key;
  const { setting, methods } = comparison;
  const { handed } = parts;
  return html`<section class="compared" aria-label="Comparison">
    <p class="verdict" aria-live="polite">${comparison.step ? '' : verdictOf(comparison)}</p>
    <p class="quiet">
      ${sampleName(setting)}, target ${setting.targetText}, ${methods.length}
      ${methods.length === 1 ? 'method' : 'methods'}.
      ${isStale ? html`<b class="off">${WORDS.stale}</b>` : undefined}
    </p>
    ${methodChoice(app, comparison)} ${backendTable(app, comparison, shown)}
    ${blinkBox(app, comparison, shown)}
    ${
      comparison.step || !comparison.rows.some(({ layers }) => layers)
        ? undefined
        : html`<p class="hand-over">
            <button type="button" @click=${() => void saveReport(app, 'page')}>
              As a benchmark report
            </button>
            <button type="button" @click=${() => void saveReport(app, 'json')}>As JSON</button>
            <span class="quiet" role="status">${handed.value}</span>
          </p>`
    }
    <details class="gates">
      <summary>What equal gates are</summary>
      <p>${WORDS.equal}</p>
    </details>
  </section>`;
}

const started = new WeakSet<App>();

/** Keys of the view, and what the status line reads: from when it is first shown. */
function start(app: App): void {
  if (started.has(app)) return;
  started.add(app);
  const { state } = app;
  const isHere = (): boolean => state.view.peek() === 'backends';
  const isTyped = ({ target }: Event): boolean =>
    target instanceof Element && target.matches('input:not([type=checkbox]), textarea, select');
  document.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (!isHere() || isTyped(event) || ctrlKey || metaKey || altKey) return;
    if (key === 'b') blinkNow(app, true);
    if (key === 'Escape') backendsParts(app).cancel?.();
  });
  document.addEventListener('keyup', ({ key }) => {
    if (key === 'b') blinkNow(app, false);
  });
  effect(() => {
    const cursor = state.cursor.value;
    const { comparison, shown } = backendsParts(app);
    if (state.view.value !== 'backends' || !cursor || !comparison.value) return;
    const reading = readingOf(comparison.value, shown.value ?? '', cursor);
    if (reading !== undefined) state.note.value = reading;
  });
}

/** The same explanation on all backends, side by side. */
export const backendsView: View = {
  template: (app) => {
    start(app);
    const parts = backendsParts(app);
    const comparison = parts.comparison.value;
    const shown = parts.shown.value;
    const threads = oneThread(crossOriginIsolated);
    return html`<div class="backends">
      <div class="backends-ask">
        <p class="intro">${WORDS.intro}</p>
        ${heavyOffer(app)} ${backendChoice(parts)} ${actions(app)}
        ${threads ? html`<p class="quiet threads">${threads}</p>` : undefined}
      </div>
      ${
        comparison && shown !== undefined
          ? results(app, comparison, shown)
          : html`<p class="quiet empty">${app.state.model.value ? WORDS.ask : WORDS.nothing}</p>`
      }
    </div>`;
  },
};
