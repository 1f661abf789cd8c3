const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const centred = (values: readonly number[]): number[] => {
  const middle = mean(values);
  return values.map((value) => value - middle);
};

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, at) => sum + value * b[at]!, 0);

export function correlation(a: readonly number[], b: readonly number[]): number {
  const [p, q] = [centred(a), centred(b)];
  return dot(p, q) / Math.sqrt(dot(p, p) * dot(q, q));
}

/** The v whose `v'd` is nearest to y, means aside: columns of d are made orthogonal one after the other, and what depends on those before is left out. */
export function leastSquares(d: readonly (readonly number[])[], y: readonly number[]): number[] {
  const inputs = d[0]!.length;
  const columns = Array.from({ length: inputs }, (_, k) => centred(d.map((row) => row[k]!)));
  const basis: { unit: number[]; made: number[] }[] = [];
  for (const [k, column] of columns.entries()) {
    let rest = [...column];
    const made = Array.from({ length: inputs }, (_, at) => (at === k ? 1 : 0));
    for (let round = 0; round < 2; round++)
      for (const earlier of basis) {
        const along = dot(rest, earlier.unit);
        rest = rest.map((value, at) => value - along * earlier.unit[at]!);
        earlier.made.forEach((value, at) => (made[at]! -= along * value));
      }
    const size = Math.sqrt(dot(rest, rest));
    if (size <= 1e-6 * Math.sqrt(dot(column, column)) || size === 0) continue;
    basis.push({ unit: rest.map((v) => v / size), made: made.map((v) => v / size) });
  }
  const target = centred(y);
  const v = new Array<number>(inputs).fill(0);
  for (const { unit, made } of basis) {
    const along = dot(target, unit);
    made.forEach((value, at) => (v[at]! += along * value));
  }
  return v;
}

export const project = (d: readonly (readonly number[])[], v: readonly number[]): number[] =>
  d.map((row) => dot(row, v));
