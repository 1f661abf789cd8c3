import type { BackendId } from '../compute/backend-ids.js';
import type { App } from '../state/app.js';

/** Makes a backend the one that explains from now on. Only a person asks for this. */
export function useBackend({ state }: App, id: BackendId): void {
  state.backend.value = id;
  state.note.value = `Explanations run on ${id} now.`;
}
