/** Ranks from 0, equal values sharing their mean rank. */
export function ranksOf(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, at) => at).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let at = from; at < to; at++) ranks[order[at]!] = (from + to - 1) / 2;
    from = to;
  }
  return ranks;
}

/** Spearman's rank correlation; where one side is constant, 1 if the other is too, else 0. */
export function spearman(a: Float64Array, b: Float64Array): number {
  if (a.some(Number.isNaN) || b.some(Number.isNaN)) return NaN;
  const x = ranksOf(a),
    y = ranksOf(b);
  const mean = (a.length - 1) / 2;
  let xx = 0,
    yy = 0,
    xy = 0;
  for (let at = 0; at < x.length; at++) {
    const p = x[at]! - mean,
      q = y[at]! - mean;
    xx += p * p;
    yy += q * q;
    xy += p * q;
  }
  if (xx === 0 || yy === 0) return Number(xx === yy);
  return Math.min(1, xy / Math.sqrt(xx * yy));
}
