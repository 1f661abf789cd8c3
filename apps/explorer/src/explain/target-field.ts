import { signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { readTarget } from './target.js';

/** What is wrong with what was typed. */
const problem = signal<string | undefined>(undefined);

/** Any target as text: what is not among the buttons, and neurons inside. */
export function targetField({ state }: App): TemplateResult {
  const text = state.target.value;
  const take = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    const written = field.value.trim() || 'top';
    const model = state.model.peek();
    if (!model) return;
    const read = readTarget(written, model);
    const isWrong = typeof read === 'object' && 'problem' in read;
    problem.value = isWrong ? read.problem : undefined;
    if (!isWrong) state.target.value = written;
  };
  return html`<div class="target-field">
    <label class="field"
      >Target
      <input
        type="text"
        autocomplete="off"
        spellcheck="false"
        placeholder="top"
        aria-invalid=${String(problem.value !== undefined)}
        aria-describedby="target-help"
        .value=${text}
        @change=${take}
    /></label>
    <p id="target-help" class=${problem.value ? 'warning' : 'quiet'}>
      ${problem.value ?? html`<code>top</code>, a class, or a neuron: <code>conv1/3@0,4</code>`}
    </p>
    ${
      text === 'top'
        ? nothing
        : html`<button
            type="button"
            class="small"
            @click=${() => {
              problem.value = undefined;
              state.target.value = 'top';
            }}
          >
            Strongest class
          </button>`
    }
  </div>`;
}
