/** Shows a dialog over the page, with the focus on the first element of a selector where one is given; once it is gone, the focus is where it was. */
export const openDialog = (dialog: HTMLDialogElement, first?: string): (() => void) => {
  const before = document.activeElement;
  // It stands in the page only after its template is rendered.
  queueMicrotask(() => {
    if (!dialog.isConnected) return;
    dialog.showModal();
    if (first !== undefined) dialog.querySelector<HTMLElement>(first)?.focus();
  });
  return () => {
    dialog.close();
    if (before instanceof HTMLElement) before.focus();
  };
};
