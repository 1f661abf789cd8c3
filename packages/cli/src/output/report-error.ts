import { messageOf, PatternLensError } from '@patternlens/core';
import { EXIT } from './exit.js';
import { exitCodeOf, GateError } from './exit-code.js';

/** What went wrong, where closing what was open failed after it. */
function cause(thrown: unknown): unknown {
  const both = thrown instanceof Error && thrown.name === 'SuppressedError';
  return both ? cause((thrown as SuppressedError).suppressed) : thrown;
}

/** Says what went wrong, and gives the exit code for it. */
export function reportError(outcome: unknown, debug: boolean, say: (text: string) => void): number {
  const thrown = cause(outcome);
  if (thrown instanceof DOMException && thrown.name === 'AbortError') {
    say('patternlens: interrupted.');
    return EXIT.interrupted;
  }
  const message =
    thrown instanceof PatternLensError || thrown instanceof GateError
      ? messageOf(thrown)
      : `unexpected error: ${messageOf(thrown)}`;
  say(`patternlens: ${message}`);
  if (debug && thrown instanceof Error) say(thrown.stack ?? '');
  return exitCodeOf(thrown);
}
