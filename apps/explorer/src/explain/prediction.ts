import { html, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { className } from './target.js';

/** Classes that are offered. */
const OFFERED = 5;

/** What the model says: its strongest classes, each a button that explains it. */
export function predictionBar({ state }: App): TemplateResult {
  const model = state.model.value;
  const output = state.output.value;
  if (!model || !output) return html`<div role="group" aria-label="Prediction"></div>`;
  const classes = Array.from(output.value.data, (value, index) => ({ value, index }))
    .sort((a, b) => b.value - a.value)
    .slice(0, OFFERED);
  const target = state.target.value;
  return html`<div role="group" aria-label="Prediction" class="prediction">
    ${classes.map(
      ({ value, index }, rank) =>
        html`<button
          type="button"
          aria-pressed=${String(target === String(index) || (target === 'top' && rank === 0))}
          @click=${() => {
            state.target.value = String(index);
          }}
        >
          Explain ${className(model, index)} <span class="figures">${value.toPrecision(3)}</span>
        </button>`,
    )}
  </div>`;
}
