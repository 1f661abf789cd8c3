import { html, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { compareBackends } from './compare-backends.js';
import { backendsParts, tickedOf } from './parts.js';

/** What starts and cancels a comparison, and how far it is. */
export function compareActions(app: App): TemplateResult {
  const parts = backendsParts(app);
  const step = parts.comparison.value?.step;
  const canCompare = tickedOf(parts).length > 0 && app.state.sample.value !== undefined;
  return html`<div class="compare-actions">
    <button
      type="button"
      class="main-action"
      ?disabled=${!canCompare}
      aria-disabled=${String(step !== undefined)}
      @click=${() => {
        if (step === undefined) void compareBackends(app);
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
