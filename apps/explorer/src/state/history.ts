import { batch, effect, signal } from '@preact/signals-core';
import type { AppState } from './app-state.js';

/** What can be undone: what the address holds, within one model. */
function snapshot(state: AppState) {
  const { view, look, target, methods, place, backend } = state;
  return {
    view: view.value,
    look: look.value,
    target: target.value,
    methods: methods.value,
    place: place.value,
    backend: backend.value,
  };
}

type Moment = ReturnType<typeof snapshot>;

/** Steps that are kept at most. */
const MOST = 200;
/** Changes of the look within so many milliseconds are one step: a slider that is dragged. */
const TOGETHER = 600;

const changed = (before: Moment, after: Moment): string =>
  (Object.keys(after) as (keyof Moment)[]).filter((key) => before[key] !== after[key]).join();

/** Going back and forth over what the address holds. */
export interface History {
  readonly undo: () => void;
  readonly redo: () => void;
}

/** Remembers changes of the state from the moment on at which there is a model; another model begins anew. */
export function keepHistory(state: AppState): History {
  let past: Moment[] = [];
  let future: Moment[] = [];
  let present: Moment | undefined;
  let model: unknown;
  let last = { what: '', at: -Infinity };
  const isMoving = signal(false);
  effect(() => {
    const now = snapshot(state);
    const opened = state.model.value;
    if (isMoving.peek()) {
      present = now;
      return;
    }
    if (!opened || opened !== model || !present) {
      [past, future] = [[], []];
      [model, present] = [opened, now];
      return;
    }
    const what = changed(present, now);
    if (what === '') return;
    const at = performance.now();
    const isDrag = what === 'look' && last.what === what && at - last.at <= TOGETHER;
    if (!isDrag) past = [...past, present].slice(-MOST);
    last = { what, at };
    future = [];
    present = now;
  });
  const go = (to: Moment): void => {
    isMoving.value = true;
    batch(() => {
      for (const key of Object.keys(to) as (keyof Moment)[])
        (state[key] as { value: unknown }).value = to[key];
    });
    isMoving.value = false;
    last = { what: '', at: -Infinity };
  };
  return {
    undo: () => {
      const to = past.at(-1);
      if (!to || !present) {
        state.note.value = 'There is nothing to undo.';
        return;
      }
      past = past.slice(0, -1);
      future = [present, ...future];
      go(to);
    },
    redo: () => {
      const [to, ...rest] = future;
      if (!to || !present) {
        state.note.value = 'There is nothing to do again.';
        return;
      }
      past = [...past, present];
      future = rest;
      go(to);
    },
  };
}
