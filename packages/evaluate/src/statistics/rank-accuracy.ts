/** Relevance rank accuracy: of the k highest scores, k being the size of the mask, the share inside it. Of scores that tie at the k-th place
 * the expected share counts, as if they were ordered at random. Null where the mask is empty. */
export function rankAccuracy(scores: ArrayLike<number>, mask: ArrayLike<number>): number | null {
  const size = Array.from(mask).filter((value) => value !== 0).length;
  if (size === 0) return null;
  const threshold = Float64Array.from(scores).sort()[scores.length - size]!;
  let above = 0,
    aboveInside = 0,
    tied = 0,
    tiedInside = 0;
  for (let at = 0; at < scores.length; at++) {
    const inside = mask[at] === 0 ? 0 : 1;
    if (scores[at]! > threshold) {
      above++;
      aboveInside += inside;
    } else if (scores[at] === threshold) {
      tied++;
      tiedInside += inside;
    }
  }
  return (aboveInside + ((size - above) * tiedInside) / tied) / size;
}
