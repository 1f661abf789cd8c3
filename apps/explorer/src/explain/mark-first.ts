import { effect } from '@preact/signals-core';
import type { AppState } from '../state/app-state.js';

/** Marks the moment at which the first explained sample is painted. */
export function markFirst(state: AppState): void {
  const stop = effect(() => {
    const shown = [...state.results.value.values()].filter(
      ({ status }) => status === 'done',
    ).length;
    const results = [...state.results.value.values()];
    const isSettled = results.length > 0 && results.every(({ status }) => status !== 'pending');
    const wanted = Math.min(2, state.methods.value.length);
    if (state.output.value === undefined || (shown < wanted && !isSettled)) return;
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        state.firstExplained.value ??= performance.now();
        stop();
      });
    });
  });
}
