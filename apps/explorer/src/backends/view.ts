import '../styles/backends.css';
import { oneThread } from '@patternlens/page';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { View } from '../shell/view.js';
import type { App } from '../state/app.js';
import { className, targetText } from '../explain/target.js';
import { verdict, WORDS } from '../words/backends.js';
import { backendChoice } from './backend-choice.js';
import { backendTable, shownName } from './backend-table.js';
import { blinkBox } from './blink.js';
import { comparedSetting, sampleName } from './compared-setting.js';
import type { Comparison } from './comparison.js';
import { compareActions } from './compare-actions.js';
import { heavyOffer } from './heavy-offer.js';
import { backendsParts } from './parts.js';
import { startView } from './start-view.js';
import { saveReport } from './report.js';
import { LIMIT } from './limits.js';
import { rowNumbers } from './tell-comparison.js';

/** What a comparison found so far, once it is over. */
const verdictOf = ({ rows }: Comparison): string =>
  verdict(
    rows.map((row) => ({
      ...rowNumbers(row),
      id: row.id,
      status: row.status,
      isCancelled: row.failure?.code === 'cancelled',
    })),
    LIMIT,
  );

/** A sentence whose numbers stay on one line: browsers break lines at the hyphen of an exponent. */
const unbroken = (sentence: string): unknown[] =>
  sentence
    .split(/(\d[\d.]*e[-+]\d+)/)
    .map((part, at) => (at % 2 === 1 ? html`<span class="figures">${part}</span>` : part));

function methodChoice(app: App, { methods }: Comparison): TemplateResult | undefined {
  const { shown } = backendsParts(app);
  if (methods.length < 2) return undefined;
  return html`<label class="shown-method"
    >Maps and times of
    <select
      @change=${(event: Event) => {
        shown.value = (event.target as HTMLSelectElement).value;
      }}
    >
      ${methods.map(
        ({ text }) =>
          html`<option value=${text} ?selected=${text === shown.value}>${shownName(text)}</option>`,
      )}
    </select></label
  >`;
}

/** What is explained, by its name, once one of them said so. */
function explainedName({ setting, reference, rows }: Comparison): string {
  const target = [reference, ...rows]
    .flatMap(({ cells }) => [...cells.values()])
    .map(({ timed }) => timed?.explanation.targets[0])
    .find((found) => found !== undefined);
  if (target === undefined) return setting.targetText;
  return typeof target === 'number' ? className(setting.model, target) : targetText(target);
}

function results(app: App, comparison: Comparison, shown: string): TemplateResult {
  const parts = backendsParts(app);
  const isStale = comparedSetting(app)?.key !== comparison.setting.key;
  const { setting, methods } = comparison;
  const { handed } = parts;
  return html`<section class="compared" aria-label="Comparison">
    <p class="verdict" aria-live="polite">
      ${comparison.step ? nothing : unbroken(verdictOf(comparison))}
    </p>
    <p class="quiet">
      ${sampleName(setting)}, explained: ${explainedName(comparison)}, ${methods.length}
      ${methods.length === 1 ? 'method' : 'methods'}.
      ${isStale ? html`<b class="off">${WORDS.stale}</b>` : undefined}
    </p>
    ${methodChoice(app, comparison)} ${backendTable(app, comparison, shown)}
    ${blinkBox(app, comparison, shown)}
    ${
      comparison.step || !comparison.rows.some(({ layers }) => layers)
        ? undefined
        : html`<p class="hand-over">
            <button type="button" @click=${() => void saveReport(app, 'page')}>
              As a benchmark report
            </button>
            <button type="button" @click=${() => void saveReport(app, 'json')}>As JSON</button>
            <span class="quiet" role="status">${handed.value}</span>
          </p>`
    }
    <details class="gates">
      <summary>What equal gates are</summary>
      <p>${WORDS.equal}</p>
    </details>
  </section>`;
}

/** The same explanation on all backends, side by side. */
export const backendsView: View = {
  template: (app) => {
    startView(app);
    const parts = backendsParts(app);
    const comparison = parts.comparison.value;
    const shown = parts.shown.value;
    const threads = oneThread(crossOriginIsolated);
    return html`<div class="backends">
      <div class="backends-ask">
        <p class="intro">${WORDS.intro}</p>
        ${heavyOffer(app)} ${backendChoice(parts)} ${compareActions(app)}
        ${threads ? html`<p class="quiet threads">${threads}</p>` : undefined}
      </div>
      ${
        comparison && shown !== undefined
          ? results(app, comparison, shown)
          : html`<p class="quiet empty">${app.state.model.value ? WORDS.ask : WORDS.nothing}</p>`
      }
    </div>`;
  },
};
