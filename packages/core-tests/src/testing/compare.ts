/** `|a - b| / |b|` in the Euclidean norm; where b is all zero, `|a|`. Infinite where lengths differ or a value is NaN. */
export function relativeDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let difference = 0,
    size = 0;
  for (let at = 0; at < b.length; at++) {
    difference += (a[at]! - b[at]!) ** 2;
    size += b[at]! ** 2;
  }
  const relative = Math.sqrt(difference) / (size === 0 ? 1 : Math.sqrt(size));
  return Number.isNaN(relative) ? Infinity : relative;
}
