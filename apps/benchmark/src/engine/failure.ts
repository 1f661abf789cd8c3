import { messageOf, PatternLensError, type ErrorCode } from '@patternlens/core';
import type { Failure } from '../report/benchmark-report.js';

/** A failure that comes from elsewhere: another process, a page. */
export class ReportedFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.reason);
    this.name = 'ReportedFailure';
    this.failure = failure;
  }
}

const LACKING: readonly ErrorCode[] = [
  'backend-unavailable',
  'missing-pattern',
  'unsupported-layer',
  'unsupported-operation',
];

/** What a report says of anything that was thrown: a sentence, and the runtime's own message behind it. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof ReportedFailure) return thrown.failure;
  const known = thrown instanceof PatternLensError;
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  return {
    kind: known && LACKING.includes(thrown.code) ? 'lacking' : 'failed',
    reason: messageOf(thrown),
    ...(cause === undefined ? {} : { cause: messageOf(cause) }),
  };
}
