import type { Explanation } from '@patternlens/core';
import type { BackendId } from '../compute/backend-ids.js';

/** What is known of one method for what is explained now. */
export interface MethodResult {
  readonly status: 'done' | 'pending' | 'refused' | 'failed' | 'cancelled';
  /** What it is for: it changes with the model, sample, target, patterns and backend. */
  readonly context: string;
  /** The backend that ran it, or is to. */
  readonly backend: BackendId;
  /** The explanation; while it is pending or cancelled, the one before. */
  readonly explanation?: Explanation | undefined;
  /** What the explanation is for. */
  readonly of?: string | undefined;
  readonly ms?: number | undefined;
  /** Of methods that run many programs; once it is cancelled, how far it came. */
  readonly progress?: { readonly done: number; readonly total: number } | undefined;
  /** It was not started, since it would take long: a person may start it all the same. */
  readonly isHeld?: boolean | undefined;
  /** Why there is none, in a sentence; behind it the runtime's own words. */
  readonly reason?: string | undefined;
  readonly cause?: string | undefined;
}
