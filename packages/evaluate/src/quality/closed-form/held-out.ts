import type { NeuronDirections } from './regression.js';

/** What the held-out correlation of one neuron takes: rows along any orthogonal directions, `S` being cov[x] of the held-out samples there. */
export interface HeldOutMoments {
  readonly weights: Float64Array;
  /** S w. */
  readonly spread: Float64Array;
  /** cov[x, y+]. */
  readonly cross: Float64Array;
  readonly positiveVariance: number;
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
};

/** The correlation of v'd and y on held-out samples, 0 where v'd is constant; undefined where y is.
 * @param image S v. */
export function heldOutCorrelation(
  { weights, spread, cross, positiveVariance }: HeldOutMoments,
  { positive, negative = positive }: NeuronDirections,
  v: Float64Array,
  image: Float64Array,
): number | undefined {
  const variance = dot(weights, spread);
  if (!(variance > 0)) return undefined;
  const alpha = dot(v, positive),
    beta = dot(v, negative);
  const y = dot(v, spread),
    projected = dot(v, image);
  // v'd = v'x - beta y - (alpha - beta) y+.
  const more = alpha - beta,
    k = dot(weights, cross);
  const covariance = y - beta * variance - more * k;
  const square =
    projected -
    2 * beta * y +
    beta * beta * variance -
    2 * more * dot(v, cross) +
    2 * beta * more * k +
    more * more * positiveVariance;
  if (!(square > 0)) return 0;
  return covariance / Math.sqrt(square * variance);
}
