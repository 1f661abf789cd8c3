import { isPromise } from './described.js';

/** What an argument or an option may be. Absent ones are accepted unless they are `required`. */
export interface ArgumentKind {
  /** In words, behind "expected": `a whole number of at least 1`. */
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  readonly required?: boolean;
  /** What to write where it is something else, as a sentence. */
  readonly remedy?: string;
}

const kind = (expected: string, accepts: (value: unknown) => boolean): ArgumentKind => ({
  expected,
  accepts,
});

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !isPromise(value);

/** Kinds of arguments and options. */
export const expects = {
  anything: kind('a value', () => true),
  text: kind('a text', (value) => typeof value === 'string'),
  flag: kind('true or false', (value) => typeof value === 'boolean'),
  number: kind('a number', (value) => typeof value === 'number' && !Number.isNaN(value)),
  /** A finite number within bounds, both included. */
  between: (least: number, most: number): ArgumentKind =>
    kind(
      most === Infinity ? `a number of at least ${least}` : `a number from ${least} to ${most}`,
      (value) =>
        typeof value === 'number' && Number.isFinite(value) && value >= least && value <= most,
    ),
  whole: (least: number): ArgumentKind =>
    kind(
      `a whole number of at least ${least}`,
      (value) => Number.isInteger(value) && (value as number) >= least,
    ),
  /** A count that may be without an end. */
  limit: kind(
    'a whole number of at least 1, or Infinity',
    (value) => value === Infinity || (Number.isInteger(value) && (value as number) >= 1),
  ),
  oneOf: (words: readonly string[]): ArgumentKind =>
    kind(`one of ${words.join(', ')}`, (value) => words.includes(value as string)),
  list: kind('an array', Array.isArray),
  /** An object with fields of its own, such as a record or a map. */
  object: kind('an object', (value) => isObject(value) && !Array.isArray(value)),
  call: kind('a function', (value) => typeof value === 'function'),
  signal: kind(
    'an AbortSignal',
    (value) => isObject(value) && typeof (value as { aborted?: unknown }).aborted === 'boolean',
  ),
  /** An object with these functions or fields. */
  having: (expected: string, names: readonly string[], remedy?: string): ArgumentKind => ({
    expected,
    accepts: (value) => isObject(value) && names.every((name) => name in value),
    ...(remedy === undefined ? {} : { remedy }),
  }),
  required: (of: ArgumentKind): ArgumentKind => ({ ...of, required: true }),
} as const;
