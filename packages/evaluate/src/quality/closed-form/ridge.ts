import { Matrix, solve } from 'ml-matrix';
import type { NeuronDirections, NeuronMoments, Regression } from './regression.js';

/** Relative to the mean eigenvalue of cov[d]. */
const RIDGE = 1e-6;

/** The regression with a ridge of 1e-6 of cov[d]'s mean eigenvalue in place of the pseudo-inverse. `cov[d] = S + U M U'` for the four columns
 * Sw, a-, cov[x, y+] and a+ - a-, so that Woodbury's identity leaves a system of four: by ml-matrix the
 * whole takes 1.3 times (9 inputs) to 1.01 times (1728 inputs) as long as with elimination written out (`tools/scripts/benchmark-linear-algebra.js`). Undefined where there is nothing to predict from. */
export function ridgeRegress(
  { values, weights, cross, positiveVariance, fires }: NeuronMoments,
  { positive, negative = positive }: NeuronDirections,
): Regression | undefined {
  const n = values.length;
  const one = fires !== 'sometimes' || negative === positive;
  const a = fires === 'never' ? negative : one ? positive : negative;
  const columns = [
    weights.map((value, k) => value * Math.max(0, values[k]!)),
    a,
    one ? new Float64Array(n) : cross,
    one ? new Float64Array(n) : positive.map((value, k) => value - negative[k]!),
  ] as const;
  let variance = 0,
    k = 0,
    trace = 0;
  for (let at = 0; at < n; at++) {
    variance += columns[0][at]! * weights[at]!;
    k += columns[2][at]! * weights[at]!;
  }
  const more = one ? 0 : positiveVariance;
  for (let at = 0; at < n; at++) {
    const [sw, direction, c, d] = columns.map((column) => column[at]!) as [
      number,
      number,
      number,
      number,
    ];
    trace +=
      Math.max(0, values[at]!) -
      2 * direction * sw +
      variance * direction * direction -
      2 * d * (c - k * direction) +
      more * d * d;
  }
  const lambda = (RIDGE * trace) / n;
  if (!(lambda > 0) || variance === 0) return undefined;
  const gram = columns.map((left) =>
    columns.map((right) => {
      let sum = 0;
      for (let at = 0; at < n; at++)
        sum += (left[at]! * right[at]!) / (Math.max(0, values[at]!) + lambda);
      return sum;
    }),
  );
  const middle = [
    [0, -1, 0, 0],
    [-1, variance, 0, k],
    [0, 0, 0, -1],
    [0, k, -1, more],
  ];
  const system = middle.map((row, i) =>
    row.map((_, j) => (i === j ? 1 : 0) + row.reduce((sum, m, l) => sum + m * gram[l]![j]!, 0)),
  );
  const covariance = [1, -variance, 0, -k];
  const theta = solve(new Matrix(system), Matrix.columnVector(covariance)).getColumn(0);
  const v = new Float64Array(n);
  let explained = 0,
    square = 0;
  for (let at = 0; at < n; at++) {
    let sum = 0,
      c = 0;
    for (let column = 0; column < 4; column++) {
      sum += theta[column]! * columns[column]![at]!;
      c += covariance[column]! * columns[column]![at]!;
    }
    v[at] = sum / (Math.max(0, values[at]!) + lambda);
    explained += v[at]! * c;
    square += v[at]! ** 2;
  }
  const spread = explained - lambda * square;
  return { correlation: spread > 0 ? explained / Math.sqrt(spread * variance) : 0, v };
}
