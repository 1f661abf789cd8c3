/** What an error is about: the thing's name under the kind of thing that it is. */
export interface ErrorSubject {
  readonly layer?: string;
  readonly operation?: string;
  readonly file?: string;
  readonly backend?: string;
  readonly method?: string;
  readonly plugin?: string;
}

/** Stable names of what can go wrong; tests and programs look at these, people at the message. */
export type ErrorCode =
  | 'invalid-argument'
  | 'invalid-file'
  | 'invalid-network'
  | 'invalid-pattern'
  | 'invalid-plugin'
  | 'invalid-program'
  | 'invalid-shape'
  | 'backend-unavailable'
  | 'backend-failed'
  | 'cancelled'
  | 'empty-data'
  | 'missing-pattern'
  | 'not-finite'
  | 'pattern-mismatch'
  | 'plugin-failed'
  | 'unsupported-layer'
  | 'unsupported-operation'
  | 'write-failed';

/** Every error that PatternLens raises on purpose: a stable `code`, what it is about, and a sentence with the remedy. */
export class PatternLensError extends Error {
  readonly code: ErrorCode;
  readonly subject: ErrorSubject;

  constructor(code: ErrorCode, message: string, subject: ErrorSubject = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'PatternLensError';
    this.code = code;
    this.subject = subject;
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
