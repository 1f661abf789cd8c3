import { effect } from '@preact/signals-core';
import type { AppState } from './app-state.js';
import { track } from './track.js';

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
    void track(state, `Reading ${place.set.nameOf(place.index)}`, async () => {
      const sample = await place.set.read(place.index);
      if (turn === newest) state.sample.value = { ...place, sample };
    });
  });
}
