/** Entropy, in nats, of scores that are at least 0 as shares of their sum: 0 where one has everything, ln n where all are equal. Null where all are 0. */
export function entropy(scores: ArrayLike<number>): number | null {
  let sum = 0;
  for (let at = 0; at < scores.length; at++) sum += scores[at]!;
  if (!(sum > 0)) return null;
  let total = 0;
  for (let at = 0; at < scores.length; at++) {
    const share = scores[at]! / sum;
    if (share > 0) total -= share * Math.log(share);
  }
  return total;
}
