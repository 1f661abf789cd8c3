/** The precision at the lowest threshold that leaves at least this share of the places outside the mask below it: of the places whose
 * scores reach it, the share inside. Null where the mask is empty or full; 0 where no threshold is specific enough. */
export function precisionAtSpecificity(
  scores: ArrayLike<number>,
  mask: ArrayLike<number>,
  specificity = 0.9,
): number | null {
  const order = Uint32Array.from({ length: scores.length }, (_, at) => at).sort(
    (a, b) => scores[b]! - scores[a]!,
  );
  const outside = order.reduce((sum, at) => sum + (mask[at] === 0 ? 1 : 0), 0);
  if (outside === 0 || outside === order.length) return null;
  let hits = 0,
    misses = 0,
    precision = 0;
  for (let from = 0; from < order.length;) {
    let to = from;
    for (; to < order.length && scores[order[to]!] === scores[order[from]!]; to++) {
      if (mask[order[to]!] === 0) misses++;
      else hits++;
    }
    if (1 - misses / outside < specificity) break;
    precision = hits / (hits + misses);
    from = to;
  }
  return precision;
}
