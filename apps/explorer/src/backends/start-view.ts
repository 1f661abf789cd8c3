import { effect } from '@preact/signals-core';
import type { App } from '../state/app.js';
import { blinkNow } from './blink.js';
import { readingOf } from './cursor.js';
import { backendsParts } from './parts.js';

const started = new WeakSet<App>();

/** Keys of the view, and what the status line reads: from when it is first shown. */
export function startView(app: App): void {
  if (started.has(app)) return;
  started.add(app);
  const { state } = app;
  const isHere = (): boolean => state.view.peek() === 'backends';
  const isTyped = ({ target }: Event): boolean =>
    target instanceof Element && target.matches('input:not([type=checkbox]), textarea, select');
  document.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (!isHere() || isTyped(event) || ctrlKey || metaKey || altKey) return;
    if (key === 'b') blinkNow(app, true);
    if (key === 'Escape') backendsParts(app).cancel?.();
  });
  document.addEventListener('keyup', ({ key }) => {
    if (key === 'b') blinkNow(app, false);
  });
  effect(() => {
    const cursor = state.cursor.value;
    const { comparison, shown } = backendsParts(app);
    if (state.view.value !== 'backends' || !cursor || !comparison.value) return;
    const reading = readingOf(comparison.value, shown.value ?? '', cursor);
    if (reading !== undefined) state.note.value = reading;
  });
}
