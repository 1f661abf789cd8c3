/** The share of a map's mass that lies inside a mask: 0 where the map has none. Scores are at least 0. */
export function massAccuracy(scores: ArrayLike<number>, mask: ArrayLike<number>): number {
  let inside = 0,
    total = 0;
  for (let at = 0; at < scores.length; at++) {
    total += scores[at]!;
    if (mask[at] !== 0) inside += scores[at]!;
  }
  return total > 0 ? inside / total : 0;
}
