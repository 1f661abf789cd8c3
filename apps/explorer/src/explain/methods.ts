import { METHOD_GROUPS, methodName } from '@patternlens/heatmap';
import { html, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { chosenMethod } from '../state/chosen-method.js';

/** Every method, in its group, to be ticked. */
export function methodList({ state }: App): TemplateResult {
  const all = state.model.value?.facts.methods ?? [];
  const chosen = state.methods.value;
  const toggle = (id: string, isChosen: boolean): void => {
    state.methods.value = isChosen
      ? [...chosen, chosenMethod(id)]
      : chosen.filter((method) => method.id !== id);
  };
  return html`<div role="group" aria-label="Methods" class="methods">
    ${METHOD_GROUPS.map(
      ({ id: group, name }) =>
        html`<fieldset>
          <legend>${name}</legend>
          ${all
            .filter((method) => method.group === group)
            .map(
              ({ id }) =>
                html`<label
                  ><input
                    type="checkbox"
                    .checked=${chosen.some((method) => method.id === id)}
                    @change=${(event: Event) => {
                      toggle(id, (event.target as HTMLInputElement).checked);
                    }}
                  />${methodName(id)}</label
                >`,
            )}
        </fieldset>`,
    )}
  </div>`;
}
