import { averageRanks } from './ranks.js';

/** The chance that a place inside the mask scores higher than one outside, ties counting half; null where the mask is empty or full. */
export function auroc(scores: ArrayLike<number>, mask: ArrayLike<number>): number | null {
  const ranks = averageRanks(scores);
  let inside = 0,
    sum = 0;
  for (let at = 0; at < ranks.length; at++) {
    if (mask[at] === 0) continue;
    inside++;
    sum += ranks[at]!;
  }
  const outside = ranks.length - inside;
  if (inside === 0 || outside === 0) return null;
  return (sum - (inside * (inside + 1)) / 2) / (inside * outside);
}
