import { SHARE_WORDS } from '../words/share.js';

/** Shows a text to be copied by hand, where the browser does not let the page copy. */
function offerByHand(what: string, text: string): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'copy-dialog';
  dialog.setAttribute('aria-label', what);
  const area = document.createElement('textarea');
  area.readOnly = true;
  area.value = text;
  area.setAttribute('aria-label', what);
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = SHARE_WORDS.close;
  close.addEventListener('click', () => {
    dialog.close();
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
  });
  const told = document.createElement('p');
  told.textContent = SHARE_WORDS.copyByHand;
  dialog.append(told, area, close);
  document.body.append(dialog);
  dialog.showModal();
  area.select();
}

/** Copies a text; where the browser forbids that, shows it.
 * @returns whether it was copied. */
export async function copyText(what: string, text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    offerByHand(what, text);
    return false;
  }
}
