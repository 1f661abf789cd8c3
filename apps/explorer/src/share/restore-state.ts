import { batch } from '@preact/signals-core';
import type { App } from '../state/app.js';
import { applyHash } from '../state/apply-hash.js';
import { parseHash, readHash } from '../state/hash.js';
import { hashOfStateFile } from './state-file.js';

/** Restores the state of a file that `Save state as file` wrote: view, look, methods, target, backend, and the sample where it is among those at hand.
 * @returns whether it was such a file; any other changes nothing. */
export function restoreState(app: App, text: string): boolean {
  const hash = hashOfStateFile(text);
  if (hash === undefined) return false;
  const { state } = app;
  const request = readHash(parseHash(hash));
  batch(() => {
    applyHash(state, request);
    const set = state.sets.peek().find(({ source }) => source === request.data);
    const { index = 0 } = request;
    if (set && index < set.count) state.place.value = { set, index };
  });
  return true;
}
