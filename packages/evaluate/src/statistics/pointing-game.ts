/** 1 where a place of the highest score lies inside the mask, else 0; equal scores count as hits. A map that is the same everywhere points nowhere: 0. */
export function pointingGame(scores: ArrayLike<number>, mask: ArrayLike<number>): 0 | 1 {
  let highest = -Infinity,
    lowest = Infinity,
    hit = false;
  for (let at = 0; at < scores.length; at++) {
    const score = scores[at]!;
    lowest = Math.min(lowest, score);
    if (score > highest) {
      highest = score;
      hit = false;
    }
    if (score === highest && mask[at] !== 0) hit = true;
  }
  return hit && highest > lowest ? 1 : 0;
}
