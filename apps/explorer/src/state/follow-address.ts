import { batch } from '@preact/signals-core';
import { applyHash } from './apply-hash.js';
import type { AppState } from './app-state.js';
import { parseHash, readHash, type HashRequest } from './hash.js';

/** Takes an address that a person writes while the page is open. What needs other files goes to `open`. */
export function followAddress(state: AppState, open: (request: HashRequest) => void): void {
  addEventListener('hashchange', () => {
    const request = readHash(parseHash(location.hash));
    const { model, output, data, index } = request;
    const opened = state.model.peek();
    const set = state.sets.peek().find(({ source }) => source === data);
    const isOther =
      (model !== undefined && model !== (opened?.files.path ?? model)) ||
      (output !== undefined && output !== opened?.facts.explainedOutput) ||
      (data !== undefined && !set);
    batch(() => {
      applyHash(state, request);
      const place = state.place.peek();
      const from = set ?? place?.set;
      if (!isOther && from && (data !== undefined || index !== undefined))
        state.place.value = { set: from, index: Math.min(index ?? 0, from.count - 1) };
    });
    if (isOther) open(request);
  });
}
