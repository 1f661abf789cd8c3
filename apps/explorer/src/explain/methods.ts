import { METHOD_GROUPS, methodName } from '@patternlens/heatmap';
import { html, nothing, type TemplateResult } from 'lit-html';
import { ifDefined } from 'lit-html/directives/if-defined.js';
import type { MethodFacts } from '../compute/model-facts.js';
import type { App } from '../state/app.js';
import type { AppState } from '../state/app-state.js';
import { chosenMethod } from '../state/chosen-method.js';
import { expectedTime, LONG } from './expected-time.js';
import { methodSettings } from './method-settings.js';

/** Methods in the order in which they stand in the list. */
function listed(state: AppState): readonly MethodFacts[] {
  const all = state.model.value?.facts.methods ?? [];
  return METHOD_GROUPS.flatMap(({ id }) => all.filter(({ group }) => group === id));
}

/** Ticks a method, or takes it away with all its parameters. Ticked ones stand in the order of the list. */
function toggleMethod(state: AppState, id: string): void {
  const chosen = state.methods.peek();
  if (chosen.some((method) => method.id === id)) {
    state.methods.value = chosen.filter((method) => method.id !== id);
    return;
  }
  const order = listed(state).map((method) => method.id);
  state.methods.value = [...chosen, chosenMethod(id)].sort(
    (a, b) => order.indexOf(a.id) - order.indexOf(b.id),
  );
}

/** Toggles the method in a place of the list, counted from 1. */
export function toggleInPlace(state: AppState, place: number): void {
  const method = listed(state)[place - 1];
  if (method) toggleMethod(state, method.id);
}

/** What has to be known before a method is ticked. */
function hintOf({ state }: App, facts: MethodFacts): string | undefined {
  const [problem, ...more] = facts.report.problems;
  if (problem)
    return more.length === 0
      ? `stopped by ${problem.layer}`
      : `stopped by ${problem.layer} and ${more.length} more`;
  if (facts.needsPatterns && !state.patterns.value) return 'needs patterns';
  const model = state.model.value?.facts;
  if (!facts.isDriver || !model) return undefined;
  const ms = expectedTime(chosenMethod(facts.id), facts, model, state.results.value);
  return ms === undefined || ms < LONG ? 'many runs' : `about ${Math.round(ms / 1000)} s`;
}

function methodBox(app: App, facts: MethodFacts, place: number): TemplateResult {
  const { state } = app;
  const { id } = facts;
  const hint = hintOf(app, facts);
  return html`<div class="method">
    <input
      type="checkbox"
      id=${`method-${id}`}
      .checked=${state.methods.value.some((method) => method.id === id)}
      aria-describedby=${ifDefined(hint === undefined ? undefined : `hint-${id}`)}
      aria-keyshortcuts=${ifDefined(place <= 9 ? String(place) : undefined)}
      @change=${() => {
        toggleMethod(state, id);
      }}
    /><label for=${`method-${id}`}>${methodName(id)}</label>
    ${hint === undefined ? nothing : html`<span class="quiet hint" id=${`hint-${id}`}>${hint}</span>`}
    ${place <= 9 ? html`<kbd aria-hidden="true" title="Key ${place}">${place}</kbd>` : nothing}
    ${methodSettings(app, facts)}
  </div>`;
}

/** Every method, in its group, to be ticked: one tick computes one map. */
export function methodList(app: App): TemplateResult {
  const all = listed(app.state);
  return html`<div role="group" aria-label="Methods" class="methods">
    <h2>Methods</h2>
    ${METHOD_GROUPS.map(
      ({ id: group, name }) =>
        html`<fieldset>
          <legend>${name}</legend>
          ${all.map((facts, at) =>
            facts.group === group ? methodBox(app, facts, at + 1) : nothing,
          )}
        </fieldset>`,
    )}
  </div>`;
}
