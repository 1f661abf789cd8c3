/** A random orthogonal matrix, [size, size]: normal columns made orthogonal one after the other (Gram and Schmidt), with
 * square roots as the only function of the engine's, which are exact. */
export function randomRotation(normal: () => number, size: number): readonly Float64Array[] {
  const columns: Float64Array[] = [];
  while (columns.length < size) {
    const column = Float64Array.from({ length: size }, normal);
    // Twice, since what rounding leaves of the others after the first time would otherwise add up.
    for (let pass = 0; pass < 2; pass++) {
      for (const other of columns) {
        const shared = dot(column, other);
        for (let at = 0; at < size; at++) column[at]! -= shared * other[at]!;
      }
    }
    const length = Math.sqrt(dot(column, column));
    columns.push(column.map((value) => value / length));
  }
  return columns;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}
