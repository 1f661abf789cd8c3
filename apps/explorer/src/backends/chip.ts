import { html, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';

/** The backend that runs, and how near it is to float64. */
export function backendChip({ state }: App): TemplateResult {
  return html`<p class="chip">
    ${state.backend.value} <span class="quiet">${state.backendNote.value}</span>
  </p>`;
}
