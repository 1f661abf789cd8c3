import { effect } from '@preact/signals-core';
import type { AppState } from '../state/app-state.js';
import { readTarget } from './target.js';

/** Falls back to the strongest class, and says so, where a link or the model before asked for a target that this model does not have. */
export function checkTarget(state: AppState): void {
  effect(() => {
    const model = state.model.value;
    if (!model) return;
    const read = readTarget(state.target.value, model);
    if (typeof read !== 'object' || !('problem' in read)) return;
    // What a link had wrong besides stays told.
    const before = state.firstExplained.peek() === undefined ? state.note.peek() : '';
    state.note.value = `${before} ${read.problem} The strongest class is explained.`.trim();
    state.target.value = 'top';
  });
}
