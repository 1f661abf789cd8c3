import { html, type TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import type { App } from '../state/app.js';
import { openStateOf, type OpenDialog } from './open-state.js';

const opening = new WeakSet<HTMLDialogElement>();

/** Closes the dialog that something stands in. */
export const closeDialog = (event: Event): void => {
  (event.currentTarget as HTMLElement).closest('dialog')?.close();
};

/** A dialog of opening: it is modal, Escape closes it, and the focus goes back. */
export function dialogFrame(
  app: App,
  id: OpenDialog,
  title: string,
  body: TemplateResult,
  closed?: () => void,
): TemplateResult {
  const open = openStateOf(app);
  return html`<dialog
    class="open-dialog"
    aria-label=${title}
    @keydown=${(event: KeyboardEvent) => {
      // It closes the dialog, and nothing else besides.
      if (event.key === 'Escape') event.stopPropagation();
    }}
    @close=${() => {
      if (open.dialog.peek() === id) open.dialog.value = undefined;
      closed?.();
    }}
    ${ref((element) => {
      const dialog = element as HTMLDialogElement | undefined;
      if (!dialog || opening.has(dialog)) return;
      opening.add(dialog);
      // Shown once it stands in the page.
      queueMicrotask(() => {
        if (dialog.isConnected && !dialog.open) dialog.showModal();
      });
    })}
  >
    <header>
      <h2>${title}</h2>
      <button type="button" class="plain" @click=${closeDialog}>Close</button>
    </header>
    ${body}
  </dialog>`;
}
