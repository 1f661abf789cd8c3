import { effect } from '@preact/signals-core';
import type { AppState } from '../state/app-state.js';
import { shownInput } from './input-picture.js';
import { pictured } from './pictured.js';

/** Pixels down and across of what is shown; undefined without a sample. */
function shownSize(
  state: AppState,
): { readonly height: number; readonly width: number } | undefined {
  const input = shownInput(state);
  const batch = input && state.sample.value?.sample.inputs[input.name];
  return batch && pictured(batch, input.axes).plane;
}

const STEPS: Readonly<Record<string, readonly [down: number, across: number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

const within = (value: number, size: number): number => Math.max(0, Math.min(size - 1, value));

/** Moves the shared cursor by an arrow key, ten pixels with Shift. Whether the key was one. */
export function moveCursor(state: AppState, { key, shiftKey }: KeyboardEvent): boolean {
  const step = STEPS[key];
  const size = shownSize(state);
  if (!step || !size) return false;
  const { row, column } = state.cursor.peek() ?? {
    row: Math.floor(size.height / 2),
    column: Math.floor(size.width / 2),
  };
  const by = shiftKey ? 10 : 1;
  state.cursor.value = {
    row: within(row + step[0] * by, size.height),
    column: within(column + step[1] * by, size.width),
    pinned: true,
  };
  return true;
}

/** The pixel under a pointer. */
export function pointedAt(
  state: AppState,
  canvas: HTMLElement,
  { clientX, clientY }: Pick<PointerEvent, 'clientX' | 'clientY'>,
): { readonly row: number; readonly column: number } | undefined {
  const size = shownSize(state);
  const { left, top, width, height } = canvas.getBoundingClientRect();
  if (!size || width === 0 || height === 0) return undefined;
  return {
    row: within(Math.floor(((clientY - top) / height) * size.height), size.height),
    column: within(Math.floor(((clientX - left) / width) * size.width), size.width),
  };
}

/** Tells an element, and so all rings within it, where the cursor is and how far maps are enlarged. */
export function followCursor(state: AppState): (element: HTMLElement) => () => void {
  return (element) =>
    effect(() => {
      const cursor = state.cursor.value;
      const size = shownSize(state);
      element.classList.toggle('reading', cursor !== undefined && size !== undefined);
      element.classList.toggle('pinned', cursor?.pinned === true);
      const tell = (name: string, value: number): void => {
        element.style.setProperty(name, String(value));
      };
      tell('--zoom', state.page.zoom.value);
      if (!cursor || !size) return;
      tell('--x', cursor.column / size.width);
      tell('--y', cursor.row / size.height);
      tell('--w', 1 / size.width);
      tell('--h', 1 / size.height);
    });
}
