import { PatternLensError } from '../errors/patternlens-error.js';
import type { ArgumentKind } from './argument-kind.js';
import { described, isPromise } from './described.js';

/** Checks one argument, whatever its type says: callers without types hand in anything.
 * @param scope The package: the `scope` of the error.
 * @param name What the argument is called.
 * @throws PatternLensError `invalid-argument` saying what it is and what to write; of a promise, that it has to be awaited. */
export function checkArgument(
  scope: string,
  name: string,
  value: unknown,
  { expected, accepts, required = false, remedy }: ArgumentKind,
): void {
  if (value === undefined && !required) return;
  if (accepts(value)) return;
  const end = isPromise(value)
    ? ` Write await in front of what makes it.`
    : remedy === undefined
      ? ''
      : ` ${remedy}`;
  throw new PatternLensError(
    scope,
    'invalid-argument',
    `${name}: expected ${expected}, got ${described(value)}.${end}`,
  );
}
