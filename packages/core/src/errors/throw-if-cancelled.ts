import { type ErrorSubject, PatternLensError } from './patternlens-error.js';

/** An `AbortSignal`, or anything like it. */
export interface CancelSignal {
  readonly aborted: boolean;
  readonly reason?: unknown;
}

/** @throws PatternLensError `cancelled` once the signal is aborted, with its reason as the cause. */
export function throwIfCancelled(
  signal: CancelSignal | undefined,
  scope: string,
  sentence: () => string,
  subject: ErrorSubject = {},
): void {
  if (signal?.aborted === true)
    throw new PatternLensError(scope, 'cancelled', sentence(), subject, signal.reason);
}
