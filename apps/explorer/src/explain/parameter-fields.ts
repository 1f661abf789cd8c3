import type { ParameterSpec } from '@patternlens/core';
import { html, nothing, type TemplateResult } from 'lit-html';

type Parameters = Readonly<Record<string, string>>;

const shown = (value: ParameterSpec['default']): string =>
  typeof value === 'object' ? value.join('/') : value === undefined ? '' : String(value);

/** What a parameter may be, in a few words. */
function rangeText({ atLeast, atMost, above, whole, list, words }: ParameterSpec): string {
  return [
    whole ? 'whole number' : undefined,
    above === undefined ? undefined : `above ${above}`,
    atLeast === undefined ? undefined : `at least ${atLeast}`,
    atMost === undefined ? undefined : `at most ${atMost}`,
    list ? 'one number, or one a channel: 1/2/3' : undefined,
    words ? `or ${words.join(', ')}` : undefined,
  ]
    .filter(Boolean)
    .join(', ');
}

function input(
  name: string,
  spec: ParameterSpec,
  value: string,
  change: (value: string) => void,
): TemplateResult {
  const fallback = shown(spec.default);
  const onChange = (event: Event): void => {
    const written = (event.target as HTMLInputElement).value.trim();
    change(written === fallback ? '' : written);
  };
  if (spec.choices)
    return html`<select name=${name} @change=${onChange}>
      ${spec.choices.map(
        (choice) =>
          html`<option value=${choice} ?selected=${choice === (value || fallback)}>
            ${choice}
          </option>`,
      )}
    </select>`;
  const isNumber = !spec.text && !spec.list && !spec.words;
  return html`<input
    type=${isNumber ? 'number' : 'text'}
    name=${name}
    step=${isNumber ? (spec.whole ? '1' : 'any') : nothing}
    min=${isNumber && spec.atLeast !== undefined ? spec.atLeast : nothing}
    max=${isNumber && spec.atMost !== undefined ? spec.atMost : nothing}
    placeholder=${fallback || (spec.required ? `${shown(spec.example)} say` : 'as the method chooses')}
    autocomplete="off"
    .value=${value}
    @change=${onChange}
  />`;
}

/** A field for each parameter of a method; what is left empty has its default. */
export function parameterFields(
  specs: Readonly<Record<string, ParameterSpec>>,
  parameters: Parameters,
  change: (parameters: Parameters) => void,
): TemplateResult {
  return html`<div class="parameters">
    ${Object.entries(specs).map(([name, spec]) => {
      const set = (value: string): void => {
        const others = Object.entries(parameters).filter(([other]) => other !== name);
        change(Object.fromEntries(value === '' ? others : [...others, [name, value]]));
      };
      const range = rangeText(spec);
      return html`<label class="field"
        ><span>${name}${spec.required ? ' (needed)' : nothing}</span>
        ${input(name, spec, parameters[name] ?? '', set)}
        ${range ? html`<small class="quiet">${range}</small>` : nothing}
      </label>`;
    })}
  </div>`;
}
