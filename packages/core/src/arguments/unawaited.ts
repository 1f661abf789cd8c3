import { PatternLensError } from '../errors/patternlens-error.js';

/** A promise that says what to write where it is used as what it promises: reading one of these properties of it throws.
 * @param sentence What to write.
 * @throws PatternLensError `invalid-argument`, from the properties. */
export function namingAwait<T extends object>(
  promise: Promise<T>,
  scope: string,
  names: readonly (keyof T & string)[],
  sentence: string,
): Promise<T> {
  for (const name of names)
    Reflect.defineProperty(promise, name, {
      get: () => {
        // What the promise itself fails with is not left unheard of: this error is the one to read.
        void promise.catch(() => undefined);
        throw new PatternLensError(scope, 'invalid-argument', sentence);
      },
    });
  return promise;
}
