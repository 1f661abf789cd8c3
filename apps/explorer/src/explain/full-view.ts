import { html, nothing, type TemplateResult } from 'lit-html';
import { openDialog } from '../shell/open-dialog.js';
import { setUp, watch } from '../shell/watch.js';
import type { App } from '../state/app.js';
import type { AppState } from '../state/app-state.js';
import { colourBar } from './colour-bar.js';
import { followCursor } from './cursor.js';
import { methodLabel } from './method-label.js';
import { paintMap } from './paint-map.js';
import { cursorReading } from './reading.js';
import { recipeLine } from './recipe-line.js';
import { stage } from './stage.js';

/** Shows the map of a method over the whole page: the given one, the one with the focus, or the first. */
export function openFullView(state: AppState, text?: string): void {
  const focused = document.activeElement?.closest<HTMLElement>('[data-method]');
  const wanted = text ?? focused?.dataset['method'] ?? state.page.shownMethod.peek();
  const methods = state.methods.peek();
  state.page.full.value = (methods.find((each) => each.text === wanted) ?? methods[0])?.text;
}

const open = (dialog: HTMLDialogElement): (() => void) => openDialog(dialog, '.stage');

/** One map as large as the page, with the shared cursor. */
export function fullView(app: App): TemplateResult | typeof nothing {
  const { state } = app;
  const methods = state.methods.value;
  const method = methods.find(({ text }) => text === state.page.full.value);
  if (!method) return nothing;
  const label = methodLabel(method, methods);
  const close = (): void => {
    state.page.full.value = undefined;
  };
  const step = (by: number): void => {
    const at = methods.indexOf(method);
    state.page.full.value = methods[(at + by + methods.length) % methods.length]!.text;
  };
  return html`<dialog
    class="full-view"
    aria-label=${`Full view of ${label}`}
    @cancel=${(event: Event) => {
      event.preventDefault();
      close();
    }}
    ${setUp(open)}
  >
    <div class="full-head" ${setUp(followCursor(state))}>
      <h2>${label}</h2>
      <button
        type="button"
        @click=${() => {
          step(-1);
        }}
      >
        Previous map
      </button>
      <button
        type="button"
        @click=${() => {
          step(1);
        }}
      >
        Next map
      </button>
      <button type="button" @click=${close}>Close</button>
    </div>
    <div class="full-map" ${setUp(followCursor(state))}>
      ${stage(app, {
        label: `Map of ${label}. Arrow keys move the cursor.`,
        paint: paintMap(app, method),
        given: [app, method.text],
        method: method.text,
      })}
    </div>
    <div class="full-foot" role="group" aria-label="Values and recipe" tabindex="0">
      ${watch(() => colourBar(app, method))}
      <p class="figures">${watch(() => cursorReading(app) ?? 'Point at a pixel to read it.')}</p>
      <p class="recipe quiet">${watch(() => recipeLine(app, method))}</p>
    </div>
  </dialog>`;
}
