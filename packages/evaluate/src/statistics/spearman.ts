import { meanOf } from './bootstrap.js';
import { averageRanks } from './ranks.js';

/** Pearson's correlation; null where one side does not vary. */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const meanA = meanOf(a),
    meanB = meanOf(b);
  let both = 0,
    squareA = 0,
    squareB = 0;
  for (let at = 0; at < a.length; at++) {
    const fromA = a[at]! - meanA,
      fromB = b[at]! - meanB;
    both += fromA * fromB;
    squareA += fromA * fromA;
    squareB += fromB * fromB;
  }
  return squareA > 0 && squareB > 0 ? both / Math.sqrt(squareA * squareB) : null;
}

/** Spearman's rank correlation of two maps: ties share average ranks, and places that are zero in both maps are left out, which would
 * inflate it. Null where fewer than two places are left, or one side does not vary. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const kept: number[] = [];
  for (let at = 0; at < a.length; at++) if (a[at] !== 0 || b[at] !== 0) kept.push(at);
  if (kept.length < 2) return null;
  return pearson(
    averageRanks(Float64Array.from(kept, (at) => a[at]!)),
    averageRanks(Float64Array.from(kept, (at) => b[at]!)),
  );
}
