import { effect } from '@preact/signals-core';
import { oneThread } from '@patternlens/page';
import type { BackendId } from '../compute/backend-ids.js';
import type { App } from '../state/app.js';
import { backendsParts, markLoaded } from './parts.js';

/** Runtimes that would use threads where the page may. */
const wantsThreads = (id: BackendId): boolean => id === 'onnx:wasm';

/** Keeps the note of what really runs, from the backend's own words. */
export function watchBackend(app: App): void {
  const { state, engine } = app;
  const parts = backendsParts(app);
  let asked: BackendId | undefined;
  effect(() => {
    const id = state.backend.value;
    // Its worker starts when something is to be explained.
    if (!state.model.value || id === asked) return;
    asked = id;
    state.backendNote.value = '';
    engine.facts(id).then(
      ({ note }) => {
        if (state.backend.peek() !== id) return;
        markLoaded(parts, id);
        const threads = wantsThreads(id) && oneThread(crossOriginIsolated) !== undefined;
        state.backendNote.value = threads ? `${note}. Running on one thread` : note;
      },
      () => {
        // What is explained says why; the next who asks starts it again.
        asked = undefined;
      },
    );
  });
}
