import { effect } from '@preact/signals-core';
import { sentFailure } from '../compute/call-failure.js';
import type { AppState } from './app-state.js';

/** Reads the sample that is chosen, whenever that changes; the one before stays until it is read. */
export function readSample(state: AppState): void {
  let newest = 0;
  effect(() => {
    const place = state.place.value;
    const turn = ++newest;
    if (!place) {
      state.sample.value = undefined;
      return;
    }
    place.set.read(place.index).then(
      (sample) => {
        if (turn === newest) state.sample.value = { ...place, sample };
      },
      (thrown: unknown) => {
        const { code, sentence, cause } = sentFailure(thrown);
        if (turn === newest) state.trouble.value = { code, sentence, cause };
      },
    );
  });
}
