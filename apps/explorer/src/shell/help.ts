import { html, nothing, type TemplateResult } from 'lit-html';
import { KEYS } from '../words/keys.js';
import type { App } from '../state/app.js';
import { openDialog } from './open-dialog.js';
import { setUp } from './watch.js';

/** Opens the list of keys. */
export function helpButton({ state }: App): TemplateResult {
  return html`<button
    type="button"
    aria-haspopup="dialog"
    @click=${() => {
      state.page.dialog.value = 'keyboard';
    }}
  >
    Help
  </button>`;
}

/** The keys of the page. */
export function keyboardDialog({ state }: App): TemplateResult | typeof nothing {
  if (state.page.dialog.value !== 'keyboard') return nothing;
  const close = (): void => {
    state.page.dialog.value = undefined;
  };
  return html`<dialog
    class="keyboard"
    aria-label="Keyboard"
    @cancel=${(event: Event) => {
      event.preventDefault();
      close();
    }}
    @click=${(event: Event) => {
      if (event.target === event.currentTarget) close();
    }}
    ${setUp(openDialog)}
  >
    <div class="dialog-body">
      <h2>Keyboard</h2>
      <table class="keys">
        <tbody>
          ${KEYS.map(
            ([keys, does]) =>
              html`<tr>
                <th scope="row"><kbd>${keys}</kbd></th>
                <td>${does}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      <p class="quiet">Nothing needs a pointer. Nothing that you open leaves this page.</p>
      <p class="buttons"><button type="button" @click=${close}>Close</button></p>
    </div>
  </dialog>`;
}
