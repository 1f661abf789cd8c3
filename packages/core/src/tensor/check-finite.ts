import { PatternLensError } from '../errors/patternlens-error.js';
import type { Tensor } from './tensor.js';

/** The place of the first value that is NaN or infinite, or -1. */
export function firstNotFinite({ data }: Tensor): number {
  // A sum is finite unless a value is not, or it overflows; only then is every value looked at.
  let sum = 0;
  for (let at = 0; at < data.length; at++) sum += data[at]! * 0;
  return sum === 0 ? -1 : data.findIndex((value) => !Number.isFinite(value));
}

/** @throws PatternLensError `not-finite` naming the thing, the sample and the place. */
export function checkFinite(what: string, value: Tensor): void {
  const place = firstNotFinite(value);
  if (place < 0) return;
  const each = value.data.length / (value.shape[0] ?? 1);
  throw new PatternLensError(
    'core',
    'not-finite',
    `${what}: value ${place % each} of sample ${Math.floor(place / each)} is ${value.data[place]!}.`,
  );
}
