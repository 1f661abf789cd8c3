import type { TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';

/** One view of the page. Its template is rendered anew whenever a signal that it reads changes. */
export interface View {
  readonly template: (app: App) => TemplateResult;
}
