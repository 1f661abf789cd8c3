import { effect } from '@preact/signals-core';
import type { AppState } from './app-state.js';
import { formatHash, hashOf, parseHash, type HashValues } from './hash.js';

/** Keeps the address at the current state from now on. Keys that are not the page's own stay. */
export function keepAddress(state: AppState, given: HashValues): void {
  effect(() => {
    // What the address asks for is kept until the model is there.
    if (!state.model.value) return;
    const own = hashOf(state);
    const foreign = Object.entries({ ...given, ...parseHash(location.hash) }).filter(
      ([key]) => !(key in own) && !OWN.includes(key),
    );
    const next = formatHash({ ...own, ...Object.fromEntries(foreign) });
    if (next !== location.hash) history.replaceState(null, '', next);
  });
}

/** Keys that are written only where they say something. */
const OWN = ['output', 'gamma', 'strength', 'swipe', 'tour'];
