import { stepClass } from '../explain/classes.js';
import { openFullView } from '../explain/full-view.js';
import { toggleInPlace } from '../explain/methods.js';
import type { App } from '../state/app.js';
import type { History } from '../state/history.js';

/** Whether keys belong to what has the focus: a field that is typed into. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'range', 'button', 'file'].includes(target.type);
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** Zoom goes from 1 to this, in steps of the root of two. */
const LARGEST_ZOOM = 16;

function zoom({ state }: App, steps: number): void {
  const next = state.page.zoom.peek() * 2 ** (steps / 2);
  state.page.zoom.value = Math.max(1, Math.min(LARGEST_ZOOM, next));
}

/** What cancels the work of the view that is shown; none where it does nothing. */
const cancelOfView = (): HTMLButtonElement | undefined =>
  [...document.querySelectorAll<HTMLButtonElement>('#main > section:not([hidden]) button')].find(
    ({ textContent }) => textContent.trim() === 'Cancel',
  );

/** Closes what is open; where nothing is, cancels what runs. */
function escape({ state, explaining }: App): boolean {
  const { page } = state;
  if (page.dialog.peek()) page.dialog.value = undefined;
  else if (page.full.peek() !== undefined) page.full.value = undefined;
  else if (page.drawer.peek()) page.drawer.value = false;
  else if (state.explaining.peek()) explaining.cancel();
  else if (cancelOfView()) cancelOfView()?.click();
  else if (state.trouble.peek()) state.trouble.value = undefined;
  else if (state.cursor.peek()) state.cursor.value = undefined;
  else return false;
  return true;
}

function toLook({ state }: App): void {
  state.page.drawer.value = true;
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('#side-look [name=view]:checked')?.focus();
  });
}

const toGallery = (): void => {
  document.querySelector<HTMLElement>('.samples [role=option][tabindex="0"]')?.focus();
};

/** What a key does in the view Explain, and what it does everywhere. */
function actionOf(app: App, { key }: KeyboardEvent): (() => void) | undefined {
  const { state } = app;
  if (key === '?')
    return () => {
      state.page.dialog.value = 'keyboard';
    };
  if (state.view.peek() !== 'explain') return undefined;
  if (/^[1-9]$/.test(key))
    return () => {
      toggleInPlace(state, Number(key));
    };
  const actions: Readonly<Record<string, () => void>> = {
    '[': () => {
      stepClass(state, -1);
    },
    ']': () => {
      stepClass(state, 1);
    },
    '+': () => {
      zoom(app, 1);
    },
    '-': () => {
      zoom(app, -1);
    },
    f: () => {
      openFullView(state);
    },
    g: toGallery,
    l: () => {
      toLook(app);
    },
  };
  return Object.hasOwn(actions, key) ? actions[key] : undefined;
}

/** Takes the keys of the whole page. */
export function takeKeys(app: App, history: History): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented) return;
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (key === 'Escape') {
      if (escape(app)) event.preventDefault();
      return;
    }
    if (isTyping(event.target)) return;
    if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'z') {
      event.preventDefault();
      if (shiftKey) history.redo();
      else history.undo();
      return;
    }
    const isOpen = document.querySelector('dialog[open]:not(.full-view)') !== null;
    if (ctrlKey || metaKey || altKey || isOpen) return;
    const action = actionOf(app, event);
    if (!action) return;
    event.preventDefault();
    action();
  });
}
