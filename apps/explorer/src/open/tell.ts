import { sentFailure, type SentFailure } from '../compute/call-failure.js';
import type { App } from '../state/app.js';

/** What went wrong with one of several things. */
export type Told = Pick<SentFailure, 'code' | 'sentence' | 'cause'>;

/** Something that a file is told for. */
export const aboutAFile = (sentence: string): Told => ({ code: 'invalid-file', sentence });

/** Sentences that are told at once; the others are counted. */
const AT_ONCE = 3;

/** Tells what went wrong; several sentences stand behind each other. */
export function tellTrouble({ state }: App, all: readonly Told[]): void {
  const [first] = all;
  if (!first) return;
  const sentences = [...new Set(all.map(({ sentence }) => sentence))];
  const more = sentences.length - AT_ONCE;
  const rest = more > 0 ? [`And ${more} more.`] : [];
  state.trouble.value = {
    code: first.code,
    sentence: [...sentences.slice(0, AT_ONCE), ...rest].join(' '),
    cause: first.cause,
  };
}

/** Tells a failure. */
export function tellFailure(app: App, thrown: unknown): void {
  tellTrouble(app, [sentFailure(thrown)]);
}
