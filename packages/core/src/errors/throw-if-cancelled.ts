import { type ErrorSubject, PatternLensError } from './patternlens-error.js';

/** What ends a fit, an explanation or a measurement early: an `AbortSignal`, or anything like it. */
export interface CancelSignal {
  readonly aborted: boolean;
  /** Becomes the `cause` of the error. */
  readonly reason?: unknown;
}

/** Ends what is under way where its signal is aborted; does nothing without a signal.
 * @param scope The package that throws: the `scope` of the error.
 * @param sentence What was cancelled, and how far it was.
 * @throws PatternLensError `cancelled` once the signal is aborted, with its reason as the cause. */
export function throwIfCancelled(
  signal: CancelSignal | undefined,
  scope: string,
  sentence: () => string,
  subject: ErrorSubject = {},
): void {
  if (signal?.aborted === true)
    throw new PatternLensError(scope, 'cancelled', sentence(), subject, signal.reason);
}
