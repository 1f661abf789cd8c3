import { html, nothing, type TemplateResult } from 'lit-html';
import { cursorReading } from '../explain/reading.js';
import { isOpenPage } from '../open/handed-address.js';
import type { App } from '../state/app.js';
import { folded } from './folded.js';
import { loadingText } from './loading-text.js';

/** What goes on, counted by methods. */
function workText({ state }: App): string | undefined {
  const results = [...state.results.value.values()];
  const pending = results.filter(({ status }) => status === 'pending').length;
  if (state.explaining.value && pending > 0)
    return `Explaining: ${results.length - pending} of ${results.length} methods`;
  return [...state.working.value].at(-1);
}

/** What runs long says how far it is at every tenth. */
function tenths({ state }: App): string {
  const running = [...state.results.value.entries()].find(
    ([, { status, progress }]) => status === 'pending' && (progress?.total ?? 0) > 1,
  );
  if (!running) return '';
  const [text, { progress }] = running;
  return `${text}: ${Math.floor((10 * progress!.done) / progress!.total) * 10} %`;
}

function trouble({ state }: App): TemplateResult | typeof nothing {
  const said = state.trouble.value;
  if (!said) return nothing;
  return html`<div role="alert" class="trouble">
    <p>${said.sentence}</p>
    ${folded(said.cause)}
    <button
      type="button"
      class="small"
      @click=${() => {
        state.trouble.value = undefined;
      }}
    >
      Close
    </button>
  </div>`;
}

/** What the page's own policy holds it to. */
const promise = (): string =>
  isOpenPage()
    ? 'Nothing leaves this page but requests for the addresses that you load.'
    : 'Nothing leaves this page.';

/** The line below everything: what the cursor reads, what goes on, what went wrong. */
export function statusLine(app: App): TemplateResult {
  const { state, explaining } = app;
  const isExplain = state.view.value === 'explain';
  const reading = isExplain ? cursorReading(app) : undefined;
  const said = reading ?? (loadingText(state) || state.note.value || workText(app) || promise());
  const isRunning = state.explaining.value;
  return html`${trouble(app)}
    <p role="status" class="note figures" title=${said}>${said}</p>
    <p class="visually-hidden" aria-live="polite">${tenths(app)}</p>
    ${
      isRunning
        ? html`<button
            type="button"
            class="small cancel"
            @click=${() => {
              explaining.cancel();
            }}
          >
            Cancel
          </button>`
        : nothing
    }`;
}
