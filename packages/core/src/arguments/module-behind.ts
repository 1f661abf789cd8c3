import { PatternLensError } from '../errors/patternlens-error.js';
import { described, isPromise } from './described.js';

/** A library that the caller imported and handed in. */
export interface Library<T> {
  /** The package: the `scope` of errors. */
  readonly scope: string;
  /** The name of the function and of the option: `onnxBackend: ort`. */
  readonly where: string;
  readonly backend: string;
  /** What it is called: `ONNX Runtime`. */
  readonly called: string;
  /** How it is imported, by import and by await, as code. */
  readonly write: string;
  readonly awaited: string;
  readonly is: (candidate: Partial<T>) => boolean;
}

/** The library behind what was imported: a namespace, its default export, or the default export of that.
 * @throws PatternLensError `invalid-argument` where there is nothing, or a promise; `backend-unavailable` where it is something else. */
export function moduleBehind<T>(given: unknown, library: Library<T>): T {
  const { scope, where, backend, called, write, awaited, is } = library;
  let candidate = given;
  for (let depth = 0; depth < 3 && Object(candidate) === candidate; depth++) {
    if (is(candidate as Partial<T>)) return candidate as T;
    candidate = (candidate as { readonly default?: unknown }).default;
  }
  const isMissing = given === undefined || given === null || isPromise(given);
  throw new PatternLensError(
    scope,
    isMissing ? 'invalid-argument' : 'backend-unavailable',
    `${where}: expected ${called}, got ${described(given)}. Write ${isPromise(given) ? awaited : write}.`,
    { backend },
  );
}
