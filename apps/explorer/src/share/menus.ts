import { html, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';

/** What can be taken along. */
export function shareMenus(app: App): TemplateResult {
  void app;
  return html`<button type="button">Share</button> <button type="button">Export</button>`;
}
