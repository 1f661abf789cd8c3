import { html, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';

/** What opens a model or images. */
export function openButtons(app: App): TemplateResult {
  void app;
  return html`<button type="button">Open model</button> <button type="button">Open images</button>`;
}
