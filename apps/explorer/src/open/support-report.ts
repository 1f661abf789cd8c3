import { methodName } from '@patternlens/heatmap';
import { shortCount } from '@patternlens/page';
import { html, type TemplateResult } from 'lit-html';
import type { MethodFacts } from '../compute/model-facts.js';
import type { App } from '../state/app.js';
import type { OpenedModel, Refusal } from '../state/app-state.js';
import { openStateOf } from './open-state.js';
import { layerTable } from './layer-table.js';

const close = (app: App) => (): void => {
  openStateOf(app).report.value = false;
};

/** A model that was refused: all that is in the way, and what to do. */
function refusalReport(app: App, { name, layers }: Refusal): TemplateResult {
  const kept = app.state.model.value?.facts.name;
  return html`<section class="report" aria-label="Support report">
    <div role="alert">
      <h2>${name} can't be opened</h2>
      <p>
        ${layers.length === 1 ? 'One layer is' : `${layers.length} layers are`} in the way.
        ${kept === undefined ? undefined : html`<b>${kept}</b> stays open.`}
      </p>
    </div>
    <div class="scroll" tabindex="0" role="group" aria-label="Layers at fault">
      <table>
        <thead>
          <tr>
            <th scope="col">Layer</th>
            <th scope="col">Kind</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          ${layers.map(
            ({ layer, kind, reason }) =>
              html`<tr>
                <th scope="row">${layer}</th>
                <td>${kind}</td>
                <td>${reason}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p>
      Export the model without ${layers.length === 1 ? 'it' : 'them'}, or teach PatternLens the
      layer with a plug-in, which the library and the command take.
    </p>
    <p class="buttons"><button type="button" @click=${close(app)}>Close</button></p>
  </section>`;
}

function methodMarks(methods: readonly MethodFacts[]): TemplateResult {
  return html`<ul class="marks" aria-label="Methods">
    ${methods.map(({ id, report }) => {
      const [problem] = report.problems;
      const more = report.problems.length - 1;
      return html`<li class=${report.supported ? 'works' : 'stopped'}>
        <span aria-hidden="true">${report.supported ? '✓' : '✕'}</span>
        ${methodName(id)}<span class="quiet"
          >${
            problem
              ? ` stopped by ${problem.layer}: ${problem.reason}${more > 0 ? `, and ${more} more` : ''}`
              : ' works'
          }</span
        >
      </li>`;
    })}
  </ul>`;
}

/** Leaves ticked what works, and goes on. */
function explainWithWhatWorks({ state }: App, methods: readonly MethodFacts[]): void {
  const works = new Set(methods.filter(({ report }) => report.supported).map(({ id }) => id));
  state.methods.value = state.methods.peek().filter(({ id }) => works.has(id));
  state.view.value = 'explain';
}

function modelReport(app: App, { facts, labels }: OpenedModel): TemplateResult {
  const { methods, layers } = facts;
  const works = methods.filter(({ report }) => report.supported).length;
  return html`<section class="report" aria-label="Support report">
    <h2>${facts.name}</h2>
    <p class="figures">
      ${layers.length} layers, ${shortCount(facts.parameters)} parameters, ${shortCount(facts.macs)}
      multiply-adds a sample${labels ? `, ${labels.length} labels` : ''}.
      <b>${works} of ${methods.length} methods can explain it.</b>
    </p>
    ${
      facts.changes.length === 0
        ? undefined
        : html`<details>
            <summary>
              ${facts.changes.length === 1 ? 'One change' : `${facts.changes.length} changes`} made
              to the network before it is explained
            </summary>
            <ul>
              ${facts.changes.map((change) => html`<li>${change}</li>`)}
            </ul>
          </details>`
    }
    ${outputChoice(app, facts)}
    <details ?open=${works < methods.length}>
      <summary>Methods</summary>
      ${methodMarks(methods)}
    </details>
    <details>
      <summary>Layers</summary>
      ${layerTable(facts)}
    </details>
    <p class="buttons">
      <button
        type="button"
        class="first"
        @click=${() => {
          explainWithWhatWorks(app, methods);
          close(app)();
        }}
      >
        Explain with what works
      </button>
      <button type="button" @click=${close(app)}>Close</button>
    </p>
  </section>`;
}

/** Which output is explained, where there are several. */
function outputChoice(app: App, facts: OpenedModel['facts']): TemplateResult | undefined {
  if (facts.outputs.length < 2) return undefined;
  return html`<label class="output"
    >Explained output
    <select
      @change=${(event: Event) => {
        const { value } = event.target as HTMLSelectElement;
        void import('./reopen-model.js').then(({ explainOutput }) => explainOutput(app, value));
      }}
    >
      ${facts.outputs.map(
        (name) =>
          html`<option value=${name} ?selected=${name === facts.explainedOutput}>${name}</option>`,
      )}
    </select></label
  >`;
}

/** What can be explained of the model that was opened, or why one was refused. */
export function supportReport(app: App): TemplateResult | undefined {
  const refusal = app.state.refusal.value;
  if (refusal) return refusalReport(app, refusal);
  const model = app.state.model.value;
  return model && modelReport(app, model);
}
