/** Indices by decreasing score; of equal scores the first comes first. */
export function descendingOrder(scores: ArrayLike<number>): Uint32Array {
  return Uint32Array.from({ length: scores.length }, (_, at) => at).sort(
    (a, b) => scores[b]! - scores[a]! || a - b,
  );
}
