/** `[a b; b c]`, a symmetric matrix of two that has no negative eigenvalue: the inner products of two vectors. */
export type Gram = readonly [number, number, number];

/** How many eigenvalues are above `least`. Written out, since ml-matrix's eigenvalues take 29 times
 * as long, by `tools/scripts/benchmark-linear-algebra.js`. */
export function rankOfGram([a, b, c]: Gram, least: number): 0 | 1 | 2 {
  const middle = (a + c) / 2,
    apart = Math.hypot((a - c) / 2, b);
  if (middle + apart <= least) return 0;
  return middle - apart > least ? 2 : 1;
}

/** The least squares solution of `[a b; b c] x = r`, of a matrix whose rank is known. Written out, since ml-matrix takes 40 times as long at rank two,
 * by `solve`, and 66 times at rank one, by `pseudoInverse` (`tools/scripts/benchmark-linear-algebra.js`); some are solved for every neuron. */
export function solveGram(
  [a, b, c]: Gram,
  rank: number,
  [r, s]: readonly [number, number],
): [number, number] {
  if (rank === 2) {
    const det = a * c - b * b;
    return [(c * r - b * s) / det, (a * s - b * r) / det];
  }
  if (rank === 0) return [0, 0];
  // Of rank one: the matrix is g g', with g along its larger column.
  const [g, h] = a >= c ? [Math.sqrt(a), b / Math.sqrt(a)] : [b / Math.sqrt(c), Math.sqrt(c)];
  const scale = (g * r + h * s) / (g * g + h * h) ** 2;
  return [g * scale, h * scale];
}
