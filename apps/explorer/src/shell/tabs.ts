import { html, type TemplateResult } from 'lit-html';
import { VIEWS, type AppState, type ViewId } from '../state/app-state.js';
import { VIEW_NAMES } from './views.js';

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** The views as tabs: one of them is in the order of the Tab key, the arrows move among them. */
export function viewTabs({ view }: AppState): TemplateResult {
  const select = (id: ViewId, focus = false): void => {
    view.value = id;
    if (focus) document.getElementById(`tab-${id}`)?.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    const at = VIEWS.indexOf(view.peek());
    const step = STEPS[event.key];
    const next =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? VIEWS.length - 1
          : step === undefined
            ? -1
            : (at + step + VIEWS.length) % VIEWS.length;
    if (next < 0) return;
    event.preventDefault();
    event.stopPropagation();
    select(VIEWS[next]!, true);
  };
  return html`<div class="tabs" role="tablist" aria-label="Views" @keydown=${onKey}>
    ${VIEWS.map(
      (id) =>
        html`<button
          class="tab"
          role="tab"
          id="tab-${id}"
          aria-selected=${String(view.value === id)}
          aria-controls="view-${id}"
          tabindex=${view.value === id ? 0 : -1}
          @click=${() => {
            select(id);
          }}
        >
          ${VIEW_NAMES[id]}
        </button>`,
    )}
  </div>`;
}
