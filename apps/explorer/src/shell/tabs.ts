import { html, type TemplateResult } from 'lit-html';
import { VIEWS, type AppState, type ViewId } from '../state/app-state.js';
import { tabIcon } from './tab-icons.js';
import { VIEW_NAMES } from './views.js';

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** Where a key leads among the tabs; undefined where it leads nowhere. */
function placeAfter(key: string, at: number): number | undefined {
  if (key === 'Home') return 0;
  if (key === 'End') return VIEWS.length - 1;
  const step = STEPS[key];
  return step === undefined ? undefined : (at + step + VIEWS.length) % VIEWS.length;
}

/** The views as tabs: one of them is in the order of the Tab key, the arrows move among them. */
export function viewTabs({ view }: AppState): TemplateResult {
  const onKey = (event: KeyboardEvent): void => {
    const next = placeAfter(event.key, VIEWS.indexOf(view.peek()));
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    view.value = VIEWS[next]!;
    document.getElementById(`tab-${VIEWS[next]!}`)?.focus();
  };
  const tab = (id: ViewId): TemplateResult =>
    html`<button
      class="tab"
      type="button"
      role="tab"
      id="tab-${id}"
      aria-selected=${String(view.value === id)}
      aria-controls="view-${id}"
      tabindex=${view.value === id ? 0 : -1}
      @click=${() => {
        view.value = id;
      }}
    >
      ${tabIcon(id)}<span>${VIEW_NAMES[id]}</span>
    </button>`;
  return html`<div class="tabs" role="tablist" aria-label="Views" @keydown=${onKey}>
    ${VIEWS.map(tab)}
  </div>`;
}
