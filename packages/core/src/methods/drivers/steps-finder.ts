import type { FamilyResult } from './driver.js';

/** Steps of the first quadrature. */
const FIRST = 16;

/** Chooses how many steps a quadrature takes. */
export interface StepsFinder {
  readonly first: number;
  /** Twice the steps, the limit at most; undefined where the sum is near enough or the limit is reached. */
  readonly next: (steps: number, result: FamilyResult) => number | undefined;
}

/** Steps are doubled until the sum of relevance misses what it should be by `tolerance` of that at most, or `limit` steps were taken. */
export const stepsFinder = (tolerance: number, limit: number): StepsFinder => ({
  first: Math.min(FIRST, limit),
  next: (steps, { relevance, expectedSum = 0 }) => {
    if (steps >= limit) return undefined;
    let sum = 0;
    for (const values of Object.values(relevance)) for (const value of values) sum += value;
    const isNear = Math.abs(sum - expectedSum) <= tolerance * Math.abs(expectedSum);
    return isNear ? undefined : Math.min(2 * steps, limit);
  },
});
