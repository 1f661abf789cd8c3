import { countText, shortCount } from '@patternlens/page';
import { html, type TemplateResult } from 'lit-html';
import { backendChip } from '../backends/chip.js';
import { openButtons } from '../open/open-buttons.js';
import { shareMenus } from '../share/menus.js';
import type { App } from '../state/app.js';
import { helpButton } from './help.js';
import { themeChoice } from './theme.js';

function modelFacts({ state }: App): TemplateResult {
  const model = state.model.value;
  const patterns = state.patterns.value;
  if (!model) return html`<p class="model-name quiet">loading</p>`;
  const { name, parameters } = model.facts;
  return html`<p class="model-name">
    <b>${name}</b>
    <span class="quiet figures">${shortCount(parameters)} parameters</span>
    <span class="quiet figures"
      >${patterns ? `patterns ${countText(patterns.facts.samples)}` : 'no patterns'}</span
    >
  </p>`;
}

/** The head of the page: what is explained, on what, and what can be taken along. */
export const pageHeader = (app: App): TemplateResult => html`
  <h1 class="brand">PatternLens</h1>
  ${modelFacts(app)}
  <div class="header-open">${openButtons(app)}</div>
  <div class="header-backend">${backendChip(app)}</div>
  <div class="header-take">${shareMenus(app)} ${helpButton(app)} ${themeChoice()}</div>
`;
