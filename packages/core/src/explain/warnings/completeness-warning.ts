import type { Method } from '../../methods/method.js';
import { type ExplanationWarning, inWords } from './explanation-warning.js';

/** Errors above this share of the right sum are told. */
const TOLERATED = 0.05;
/** Errors below this share of the relevance's magnitudes are rounding, whatever it should sum to. */
const ROUNDING = 1e-5;

/** One sample's relevance against what it should sum to. */
export interface Completeness {
  /** The absolute difference to the right sum. */
  readonly error: number;
  /** The same as a share of the right sum; infinite where that is 0. */
  readonly relative: number;
  /** The sum of the relevance's magnitudes. */
  readonly magnitude: number;
  /** Steps that the method took, where it chooses them itself. */
  readonly steps?: number | undefined;
}

/** What to raise. */
function remedyOf({ parameters }: Method, steps: number | undefined): string {
  const given = parameters['steps'];
  if (given === undefined) return '';
  if (given === 'auto') return ` after ${String(steps)} steps, its limit: raise limit`;
  return ` after ${String(given)} steps: raise steps, or let steps=auto find how many it takes`;
}

/** Tells relevance that does not add up to what the method says that it should; undefined where the error is 5 % or less. */
export function completenessWarning(
  method: Method,
  { error, relative, magnitude, steps }: Completeness,
): ExplanationWarning | undefined {
  if (relative <= TOLERATED || error <= ROUNDING * magnitude) return undefined;
  const off = Number.isFinite(relative)
    ? `by ${inWords(100 * relative)} %`
    : `by ${inWords(error)}, where 0 is right`;
  return {
    code: 'incomplete',
    ...(Number.isFinite(relative) ? { value: relative } : {}),
    text: `The relevance misses f(x) - f(baseline) ${off}${remedyOf(method, steps)}.`,
  };
}
