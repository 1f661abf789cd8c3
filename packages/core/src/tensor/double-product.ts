/** `A B'` in float64 of `A [p, n]` and `B [q, n]`, both in row-major order: `[p, q]`. */
export type DoubleProduct = (
  a: Float64Array,
  b: Float64Array,
  p: number,
  q: number,
) => Float64Array | Promise<Float64Array>;

/** Columns that are multiplied at once: a strip of several rows then stays in the processor's cache. */
const STRIP = 512;

/** Entry `[i, j]` and its three neighbours in the two rows and columns from there on, over a strip. */
function corner(
  a: Float64Array,
  b: Float64Array,
  at: readonly [number, number, number, number],
  length: number,
  result: Float64Array,
  [i, j, q]: readonly [number, number, number],
): void {
  const [a0, a1, b0, b1] = at;
  let s00 = 0,
    s01 = 0,
    s10 = 0,
    s11 = 0;
  for (let k = 0; k < length; k++) {
    const x0 = a[a0 + k]!,
      x1 = a[a1 + k]!,
      y0 = b[b0 + k]!,
      y1 = b[b1 + k]!;
    s00 += x0 * y0;
    s01 += x0 * y1;
    s10 += x1 * y0;
    s11 += x1 * y1;
  }
  result[i * q + j]! += s00;
  if (b1 !== b0) result[i * q + j + 1]! += s01;
  if (a1 === a0) return;
  result[(i + 1) * q + j]! += s10;
  if (b1 !== b0) result[(i + 1) * q + j + 1]! += s11;
}

/** Without any runtime: blocks of two rows by two. */
export const plainProduct: DoubleProduct = (a, b, p, q) => {
  const n = p === 0 ? 0 : a.length / p;
  const result = new Float64Array(p * q);
  for (let from = 0; from < n; from += STRIP) {
    const length = Math.min(STRIP, n - from);
    for (let i = 0; i < p; i += 2) {
      const a0 = i * n + from,
        a1 = i + 1 < p ? a0 + n : a0;
      for (let j = 0; j < q; j += 2) {
        const b0 = j * n + from,
          b1 = j + 1 < q ? b0 + n : b0;
        corner(a, b, [a0, a1, b0, b1], length, result, [i, j, q]);
      }
    }
  }
  return result;
};
