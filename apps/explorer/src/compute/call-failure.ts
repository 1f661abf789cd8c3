import { messageOf, PatternLensError, type ErrorCode, type ErrorSubject } from '@patternlens/core';

/** Why a call failed, as it travels between the page and a worker. */
export interface SentFailure {
  readonly code: ErrorCode | 'failed' | 'missing-file';
  /** What a person is told. */
  readonly sentence: string;
  /** What it is about. */
  readonly subject: ErrorSubject;
  /** The runtime's own words, where there are some behind the sentence. */
  readonly cause?: string | undefined;
  /** The device or the page lacks something, as opposed to a fault. */
  readonly isLacking?: boolean | undefined;
  /** The worker is of no use any more: its graphics device is gone. */
  readonly endsWorker?: boolean | undefined;
}

/** A call that failed in a worker. */
export class CallFailure extends Error {
  readonly failure: SentFailure;

  constructor(failure: SentFailure) {
    super(failure.sentence);
    this.name = 'CallFailure';
    this.failure = failure;
  }
}

/** What is told of anything that was thrown. */
export function sentFailure(thrown: unknown): SentFailure {
  if (thrown instanceof CallFailure) return thrown.failure;
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const behind = cause === undefined ? {} : { cause: messageOf(cause) };
  return thrown instanceof PatternLensError
    ? { code: thrown.code, sentence: messageOf(thrown), subject: thrown.subject, ...behind }
    : { code: 'failed', sentence: messageOf(thrown), subject: {}, ...behind };
}

/** Whether something was stopped on purpose. */
export const isCancelled = (thrown: unknown): boolean => sentFailure(thrown).code === 'cancelled';

export const cancelled = (what: string): CallFailure =>
  new CallFailure({ code: 'cancelled', sentence: `${what} was cancelled.`, subject: {} });
