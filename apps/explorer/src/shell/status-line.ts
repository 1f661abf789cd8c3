import { html, type TemplateResult } from 'lit-html';
import type { App } from '../state/app.js';

/** The line below everything: what the cursor reads, what goes on, what went wrong. */
export function statusLine({ state }: App): TemplateResult {
  const trouble = state.trouble.value;
  return html`<p role="status" class="note">${state.note.value}</p>
    ${
      trouble
        ? html`<div role="alert" class="trouble">
            <p>${trouble.sentence}</p>
            ${
              trouble.cause
                ? html`<details>
                    <summary>In the runtime's own words</summary>
                    <pre>${trouble.cause}</pre>
                  </details>`
                : undefined
            }
            <button
              type="button"
              @click=${() => {
                state.trouble.value = undefined;
              }}
            >
              Close
            </button>
          </div>`
        : undefined
    }`;
}
