/** What an error is about: the name of the layer, operation, file and so on. */
export interface ErrorSubject {
  readonly layer?: string;
  readonly operation?: string;
  readonly file?: string;
  readonly backend?: string;
  readonly method?: string;
  readonly plugin?: string;
  /** What stands before the sentence where it is about a thing as a whole: `model`, `pattern file`, `layer "conv1" (convolution)`. */
  readonly about?: string;
  /** Of a model that was refused: every layer or node at fault. */
  readonly refused?: readonly RefusedLayer[];
}

/** A layer or node of a model that is not supported. */
export interface RefusedLayer {
  /** Its name in the file. */
  readonly layer: string;
  /** Its operator, operation or class. */
  readonly kind: string;
  /** Why, in a sentence without its full stop. */
  readonly reason: string;
}

/** Stable names of what can go wrong, for programs and tests; the message is for people. */
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

/** Every error that PatternLens raises on purpose: a stable `code`, what it is about, and a sentence with the remedy.
 * Its `message` is `[scope] about: sentence`; code that rephrases an error, or reports it about another subject, uses the parts. */
export class PatternLensError extends Error {
  /** The package that raised it: `core`, `adapter-onnx`, a plug-in's own name. */
  readonly scope: string;
  /** What went wrong, for programs. */
  readonly code: ErrorCode;
  /** What is wrong, and the remedy, without the scope and without the thing that it is about. */
  readonly sentence: string;
  /** What it is about; empty where it is about nothing that has a name. */
  readonly subject: ErrorSubject;

  /** @param cause What was thrown below, if anything. */
  constructor(
    scope: string,
    code: ErrorCode,
    sentence: string,
    subject: ErrorSubject = {},
    cause?: unknown,
  ) {
    super(`[${scope}] ${aboutIt(sentence, subject)}`, cause === undefined ? undefined : { cause });
    this.name = 'PatternLensError';
    this.scope = scope;
    this.code = code;
    this.sentence = sentence;
    this.subject = subject;
  }
}

const aboutIt = (sentence: string, { about }: ErrorSubject): string =>
  about === undefined ? sentence : `${about}: ${sentence}`;

/** The message of anything that was thrown, for use in another sentence: that of a `PatternLensError` without its `[scope]`, that of another error, or
 * the value as text. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof PatternLensError) return aboutIt(thrown.sentence, thrown.subject);
  return thrown instanceof Error ? thrown.message : String(thrown);
}
