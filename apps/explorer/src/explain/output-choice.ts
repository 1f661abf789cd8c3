import { html, nothing, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';
import { openOutput } from '../open/open-output.js';
import { track } from '../state/track.js';

/** Which output is explained, where the model has several. */
export function outputChoice(app: App): TemplateResult | typeof nothing {
  const { facts } = app.state.model.value ?? {};
  if (!facts || facts.outputs.length < 2) return nothing;
  return html`<label class="field"
    >Output
    <select
      @change=${(event: Event) => {
        const { value } = event.target as HTMLSelectElement;
        void track(app.state, `Opening the output ${value}`, () => openOutput(app, value));
      }}
    >
      ${[...new Set([...facts.outputs, facts.explainedOutput])].map(
        (name) =>
          html`<option value=${name} ?selected=${name === facts.explainedOutput}>${name}</option>`,
      )}
    </select></label
  >`;
}
