import '../styles/chip.css';
import { briefError, timeText } from '@patternlens/page';
import { html, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { checkOf } from './current-check.js';
import { continueOffer } from './continue-offer.js';
import { heavyOffer } from './heavy-offer.js';

/** The median time of the explanations on the screen. */
function usualTime({ state }: App): number | undefined {
  const times = [...state.results.value.values()]
    .flatMap(({ status, ms }) => (status === 'done' && ms !== undefined ? [ms] : []))
    .sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)];
}

/** How near the maps on the screen are to float64, where that is known. */
function nearness(app: App): TemplateResult | undefined {
  const check = checkOf(app).value;
  if (app.state.backend.value === 'reference') return html`<span>is float64</span>`;
  if (check.status === 'running') return html`<span class="quiet">checking by float64</span>`;
  if (check.status !== 'done') return undefined;
  return check.isEqual
    ? html`<span class="figures">= float64 ${briefError(check.error)}</span>`
    : html`<span class="figures off">≠ float64 ${briefError(check.error)}</span>`;
}

/** The backend that runs, how long it takes, and how near it is to float64. */
export function backendChip(app: App): TemplateResult {
  const { state } = app;
  const ms = usualTime(app);
  const check = checkOf(app).value;
  const note = state.backendNote.value;
  return html`<div class="chip-box">
    <button
      type="button"
      class="chip"
      title=${note}
      @click=${() => {
        state.view.value = 'backends';
      }}
    >
      <b>${state.backend.value}</b>
      ${ms === undefined ? undefined : html`<span class="figures">${timeText(ms)}</span>`}
      ${nearness(app)} ${note ? html`<small class="chip-note">${note}</small>` : undefined}
    </button>
    ${
      check.status === 'offered'
        ? html`<button type="button" class="chip-check" @click=${check.run}>
            Check by float64
          </button>`
        : undefined
    }
    ${
      check.status === 'failed'
        ? html`<p class="chip-failed quiet">${check.sentence}</p>`
        : undefined
    }
    ${continueOffer(app)} ${state.view.value === 'backends' ? undefined : heavyOffer(app)}
  </div>`;
}
