import { rankOfGram, solveGram } from './gram.js';

/** What the regression of one neuron works with, along the eigenvectors of cov[x]: rows of all of the layer's inputs. */
export interface NeuronMoments {
  /** Eigenvalues of cov[x], the largest first. */
  readonly values: Float64Array;
  /** How many of them count; the rest are zero to rounding. */
  readonly rank: number;
  readonly weights: Float64Array;
  /** cov[x, y+]. */
  readonly cross: Float64Array;
  readonly positiveVariance: number;
  /** The neuron fires for all samples, for none, or for some. */
  readonly fires: 'always' | 'never' | 'sometimes';
}

/** Directions of the signal; without a second one the first holds in both regimes. */
export interface NeuronDirections {
  readonly positive: Float64Array;
  readonly negative?: Float64Array | undefined;
}

/** How y is best predicted from the distractor `d = x - a y`. */
export interface Regression {
  /** Of the prediction and y, on the samples of the regression. */
  readonly correlation: number;
  /** Along the eigenvectors. */
  readonly v: Float64Array;
}

/** Squared lengths below this, relative to the largest variance, are none. */
const NONE = 1e-10;

const dot = (a: Float64Array, b: Float64Array, from: number, to: number): number => {
  let sum = 0;
  for (let k = from; k < to; k++) sum += a[k]! * b[k]!;
  return sum;
};

/** `a' S^-1 b` over the directions that count. */
function inverseDot(a: Float64Array, b: Float64Array, values: Float64Array, rank: number): number {
  let sum = 0;
  for (let k = 0; k < rank; k++) sum += (a[k]! * b[k]!) / values[k]!;
  return sum;
}

const roots = (unexplained: number): number => Math.sqrt(Math.max(0, 1 - unexplained));

/** The one of `first + t second` that is shortest. */
function shortest(first: Float64Array, second: Float64Array): Float64Array {
  const t =
    -dot(first, second, 0, first.length) / (dot(second, second, 0, second.length) || Infinity);
  return first.map((value, k) => value + t * second[k]!);
}

/** Of one direction: `R^2 = 1 - 1 / (w'Sw u'S^-1u)`, and v orthogonal to u. The shortest v of all that predict as well is taken, as a pseudo-inverse does. */
function oneDirection(moments: NeuronMoments, u: Float64Array): Regression {
  const { values, rank, weights: w } = moments;
  const n = values.length;
  let variance = 0;
  for (let k = 0; k < rank; k++) variance += values[k]! * w[k]! ** 2;
  const outside = dot(u, u, rank, n);
  const inside = dot(u, u, 0, rank);
  const wInside = Float64Array.from(w, (value, k) => (k < rank ? value : 0));
  if (outside * variance > NONE * Math.max(values[0]!, (inside + outside) * variance)) {
    // The distractor shows y where nothing else varies: it predicts it fully. v = b w, and as much of u's rest as makes v'd = y.
    const along = 1 - dot(wInside, u, 0, rank);
    const rest = u.map((value, k) => (k < rank ? 0 : value / outside));
    const first = rest.map((value) => -value);
    const second = wInside.map((value, k) => value + along * rest[k]!);
    return { correlation: 1, v: shortest(first, second) };
  }
  const size = inverseDot(u, u, values, rank);
  const v = Float64Array.from(w, (value, k) => (k < rank ? value - u[k]! / values[k]! / size : 0));
  return { correlation: roots(1 / (variance * size)), v: shortest(v, wInside) };
}

/** A direction for each regime. Whatever predicts y from d is, in white coordinates of x and of the part e of y+ that x doesn't predict, orthogonal to what
 * d doesn't show: the span of the two directions themselves. So y's part in that span is what d can't tell. */
function twoDirections(moments: NeuronMoments, p: Float64Array, q: Float64Array): Regression {
  const { values, rank, weights: w, cross, positiveVariance } = moments;
  const n = values.length;
  const wInside = Float64Array.from(w, (value, k) => (k < rank ? value : 0));
  let variance = 0;
  for (let k = 0; k < rank; k++) variance += values[k]! * w[k]! ** 2;
  const unpredicted = Math.sqrt(
    Math.max(positiveVariance - inverseDot(cross, cross, values, rank), 1e-14 * positiveVariance),
  );
  // y+ along the directions p and q, and the part of it that x doesn't predict there.
  const ep = (1 - inverseDot(cross, p, values, rank)) / unpredicted,
    eq = -inverseDot(cross, q, values, rank) / unpredicted;
  const gram = [
    inverseDot(p, p, values, rank) + ep * ep,
    inverseDot(p, q, values, rank) + ep * eq,
    inverseDot(q, q, values, rank) + eq * eq,
  ] as const;
  const outside = [dot(p, p, rank, n), dot(p, q, rank, n), dot(q, q, rank, n)] as const;
  const least =
    (NONE * Math.max(values[0]!, dot(p, p, 0, n) * variance, dot(q, q, 0, n) * variance)) /
    variance;
  const beyond = rankOfGram(outside, least);
  let kp = 0,
    kq = 0;
  // Without a direction for the negative regime, d is x itself there, and w'd tells y.
  const bare = isZero(q);
  if (bare) kp = beyond === 0 ? 1 / gram[0] : 0;
  else if (beyond === 0) [kp, kq] = solveGram(gram, 2, [1, 1]);
  else if (beyond === 1) {
    // Only the mixture of both directions that stays inside is not shown.
    const [s, t] =
      outside[0] >= outside[2] ? [-outside[1] / outside[0], 1] : [1, -outside[1] / outside[2]];
    const scale = (s + t) / (s * s * gram[0] + 2 * s * t * gram[1] + t * t * gram[2]);
    [kp, kq] = [scale * s, scale * t];
  }
  const difference = (kp * ep + kq * eq) / unpredicted;
  const v = new Float64Array(n);
  for (let k = 0; k < rank; k++)
    v[k] = (difference * cross[k]! - kp * p[k]! - kq * q[k]!) / values[k]!;
  // v + b w predicts as well for any b, if what is outside makes up for it.
  const fill = (start: Float64Array, at: readonly [number, number]): Float64Array => {
    const wanted = [at[0] - dot(start, p, 0, rank), at[1] - dot(start, q, 0, rank)] as const;
    const [fp, fq] = solveGram(outside, beyond, wanted);
    return start.map((value, k) => (k < rank ? value : fp * p[k]! + fq * q[k]!));
  };
  const atZero = v.map((value, k) => value + wInside[k]!);
  if (bare) return { correlation: roots(kp / variance), v: fill(atZero, [difference, 0]) };
  return {
    correlation: roots((kp + kq) / variance),
    v: shortest(fill(atZero, [difference, 0]), fill(wInside, [1, 1])),
  };
}

const isZero = (values: Float64Array): boolean => values.every((value) => value === 0);

/** The regression of y on the distractor of one neuron, with the pseudo-inverse of cov[d]; undefined where y is constant. */
export function regress(
  moments: NeuronMoments,
  { positive, negative }: NeuronDirections,
): Regression | undefined {
  const { values, rank, weights, fires } = moments;
  let variance = 0;
  for (let k = 0; k < rank; k++) variance += values[k]! * weights[k]! ** 2;
  if (variance === 0) return undefined;
  if (!negative || fires === 'always') return oneDirection(moments, positive);
  if (fires === 'never') return isZero(negative) ? undefined : oneDirection(moments, negative);
  return twoDirections(moments, positive, negative);
}
