import { html, type TemplateResult } from 'lit-html';
import { watch } from '../shell/watch.js';
import type { App } from '../state/app.js';
import { lookControls } from './look-controls.js';
import { methodList } from './methods.js';

/** Opens looks and methods, where the page is too narrow to show them always. */
export function drawerButton({ state: { page } }: App): TemplateResult {
  const isOpen = page.drawer.value;
  return html`<button
    type="button"
    class="drawer-button"
    aria-expanded=${String(isOpen)}
    aria-controls="side-look"
    @click=${() => {
      page.drawer.value = !isOpen;
    }}
  >
    Look and methods
  </button>`;
}

/** Looks and methods: beside the maps, or in a drawer. */
export function drawer(app: App): TemplateResult {
  const { page } = app.state;
  return html`<aside
    class="side-look"
    id="side-look"
    aria-label="Look and methods"
    ?data-open=${page.drawer.value}
  >
    <button
      type="button"
      class="drawer-close small"
      @click=${() => {
        page.drawer.value = false;
        document.querySelector<HTMLElement>('.drawer-button')?.focus();
      }}
    >
      Close
    </button>
    ${watch(() => lookControls(app))} ${watch(() => methodList(app))}
  </aside>`;
}
