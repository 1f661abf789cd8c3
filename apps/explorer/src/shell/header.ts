import { html, type TemplateResult } from 'lit-html';
import { backendChip } from '../backends/chip.js';
import { openButtons } from '../open/open-buttons.js';
import { shareMenus } from '../share/menus.js';
import type { App } from '../state/app.js';
import { helpButton } from './help.js';
import { themeChoice } from './theme.js';
import { shortCount } from '@patternlens/page';

/** The head of the page: what is explained, on what, and what can be taken along. */
export function pageHeader(app: App): TemplateResult {
  const { state } = app;
  const model = state.model.value;
  const patterns = state.patterns.value;
  return html`
    <h1 class="brand">PatternLens</h1>
    ${openButtons(app)}
    <p class="model-name">
      ${
        model
          ? html`<b>${model.facts.name}</b> ${shortCount(model.facts.parameters)} parameters,
              ${patterns ? `patterns of ${shortCount(patterns.facts.samples)} samples` : 'no patterns'}`
          : 'loading'
      }
    </p>
    <p class="backend">
      ${state.backend.value} <span class="quiet">${state.backendNote.value}</span>
    </p>
    <p class="promise">Nothing leaves this page</p>
  `;
}
