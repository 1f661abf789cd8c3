import { sentFailure } from '../compute/call-failure.js';
import type { App } from '../state/app.js';

/** Tells what went wrong; several sentences stand behind each other. */
export function tellTrouble({ state }: App, code: string, sentences: readonly string[]): void {
  const [first, second, third, ...more] = [...new Set(sentences)];
  if (first === undefined) return;
  const rest = more.length === 0 ? [] : [`And ${more.length} more.`];
  state.trouble.value = {
    code,
    sentence: [first, second, third, ...rest].filter(Boolean).join(' '),
  };
}

/** Tells a failure. */
export function tellFailure({ state }: App, thrown: unknown): void {
  const { code, sentence, cause } = sentFailure(thrown);
  state.trouble.value = { code, sentence, cause };
}
