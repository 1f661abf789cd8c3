import { isCancelled, sentFailure } from '../compute/call-failure.js';
import type { AppState } from './app-state.js';

/** Does something that takes time: the state says that it runs, and what went wrong. Undefined where it failed or was cancelled. */
export async function track<T>(
  state: AppState,
  what: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  state.working.value = new Set([...state.working.peek(), what]);
  try {
    return await work();
  } catch (thrown) {
    if (!isCancelled(thrown)) {
      const { code, sentence, cause } = sentFailure(thrown);
      state.trouble.value = { code, sentence, cause };
    }
    return undefined;
  } finally {
    state.working.value = new Set([...state.working.peek()].filter((each) => each !== what));
  }
}
