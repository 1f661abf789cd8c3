import type { WorstSample } from '../report/benchmark-report.js';

/** Odd, so that no difference at all has a bin of its own in the middle. */
const BINS = 41;

/** Differences in equal bins from minus the largest to the largest; all in the middle where there is none. */
export function histogramOf(
  actual: ArrayLike<number>,
  reference: ArrayLike<number>,
): WorstSample['histogram'] {
  let largest = 0;
  for (let at = 0; at < reference.length; at++)
    largest = Math.max(largest, Math.abs(actual[at]! - reference[at]!));
  const counts = new Array<number>(BINS).fill(0);
  for (let at = 0; at < reference.length; at++) {
    const share = largest === 0 ? 0 : (actual[at]! - reference[at]!) / largest;
    const bin = Math.min(BINS - 1, Math.floor(((share + 1) / 2) * BINS));
    if (bin >= 0) counts[bin]!++;
  }
  return { largest, counts };
}
