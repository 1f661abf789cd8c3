/** Gini index of scores that are at least 0: 0 where all are equal, (n - 1) / n where one has everything. Null where all are 0. */
export function gini(scores: ArrayLike<number>): number | null {
  const sorted = Float64Array.from(scores).sort();
  const { length } = sorted;
  let sum = 0,
    weighted = 0;
  sorted.forEach((value, at) => {
    sum += value;
    weighted += (2 * (at + 1) - length - 1) * value;
  });
  return sum > 0 ? weighted / (length * sum) : null;
}
