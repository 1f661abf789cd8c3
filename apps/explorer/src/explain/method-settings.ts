import { html, nothing, type TemplateResult } from 'lit-html';
import type { MethodFacts } from '../compute/model-facts.js';
import type { App } from '../state/app.js';
import { chosenMethod, type ChosenMethod } from '../state/chosen-method.js';
import { methodLabel } from './method-label.js';
import { parameterFields } from './parameter-fields.js';

/** Parameters that a method is added with once more: the first that has a choice, or a number that is not there yet. */
function others(
  facts: MethodFacts,
  { parameters }: ChosenMethod,
  taken: ReadonlySet<string>,
): ChosenMethod | undefined {
  for (const [name, spec] of Object.entries(facts.parameters)) {
    const now = parameters[name] ?? spec.default;
    const number = Number(now);
    const numbers = Number.isFinite(number)
      ? [number === 0 ? 1 : number * 2, number / 2, number * 4, number * 8]
          .map((value) => (spec.whole ? Math.round(value) : value))
          .filter((value) => value > (spec.above ?? -Infinity))
          .filter((value) => value >= (spec.atLeast ?? -Infinity))
          .filter((value) => value <= (spec.atMost ?? Infinity))
      : [];
    for (const value of spec.choices ?? (spec.text ? [] : numbers)) {
      const made = chosenMethod(facts.id, { ...parameters, [name]: String(value) });
      if (String(value) !== String(now) && !taken.has(made.text)) return made;
    }
  }
  return undefined;
}

function oneSetting(app: App, facts: MethodFacts, method: ChosenMethod): TemplateResult {
  const { state } = app;
  const all = state.methods.value;
  const own = all.filter(({ id }) => id === method.id);
  const replace = (next: readonly ChosenMethod[]): void => {
    state.methods.value = state.methods
      .peek()
      .flatMap((each) => (each.text === method.text ? next : [each]));
  };
  const change = (parameters: ChosenMethod['parameters']): void => {
    const next = chosenMethod(method.id, parameters);
    if (next.text !== method.text && all.some(({ text }) => text === next.text)) {
      state.note.value = `${methodLabel(next, all)} is there already with these parameters.`;
      return;
    }
    replace([next]);
  };
  const another = others(facts, method, new Set(all.map(({ text }) => text)));
  return html`<div class="setting">
    ${own.length > 1 ? html`<p class="setting-name">${methodLabel(method, all)}</p>` : nothing}
    ${parameterFields(facts.parameters, method.parameters, change)}
    <p class="buttons">
      ${
        another
          ? html`<button
              type="button"
              class="small"
              @click=${() => {
                replace([method, another]);
              }}
            >
              Add again
            </button>`
          : nothing
      }
      ${
        own.length > 1
          ? html`<button
              type="button"
              class="small"
              @click=${() => {
                replace([]);
              }}
            >
              Remove
            </button>`
          : nothing
      }
    </p>
  </div>`;
}

/** The parameters of a ticked method, folded; with `Add again` it stands beside itself with others. */
export function methodSettings(app: App, facts: MethodFacts): TemplateResult | typeof nothing {
  const own = app.state.methods.value.filter(({ id }) => id === facts.id);
  if (own.length === 0 || Object.keys(facts.parameters).length === 0) return nothing;
  const isAsked = Object.entries(facts.parameters).some(
    ([name, { required }]) =>
      required === true && own.some(({ parameters }) => !(name in parameters)),
  );
  return html`<details class="settings" ?open=${isAsked || own.length > 1}>
    <summary>Parameters${own.length > 1 ? `, ${own.length} times` : nothing}</summary>
    ${own.map((method) => oneSetting(app, facts, method))}
  </details>`;
}
