import { html, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { formatHash, parseHash } from '../state/hash.js';
import { useBackend } from './use-backend.js';

/** Runs wherever the page does. */
const SAFE = 'tfjs:wasm';

/** Where the backend in use failed, the way on: a button, as nothing else takes its place by itself. */
export function continueOffer(app: App): TemplateResult | undefined {
  const { state } = app;
  if (state.backend.value === SAFE) return undefined;
  const isStuck = state.model.value === undefined && state.trouble.value !== undefined;
  const hasFailed = [...state.results.value.values()].some(({ status }) => status === 'failed');
  if (!isStuck && !hasFailed) return undefined;
  const go = (): void => {
    if (!isStuck) {
      useBackend(app, SAFE);
      return;
    }
    // Nothing was opened yet: the page begins again.
    history.replaceState(null, '', formatHash({ ...parseHash(location.hash), backend: SAFE }));
    location.reload();
  };
  return html`<button type="button" class="chip-check" @click=${go}>Continue on ${SAFE}</button>`;
}
