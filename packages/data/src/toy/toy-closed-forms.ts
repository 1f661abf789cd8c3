import { resolveToyModel, type PlaneVector, type ToyModel } from './toy-model.js';

/** The variance of y, which is uniform in [-1, 1]. */
const VARIANCE = 1 / 3;
/** E[y^2 | y > 0] / E[y | y > 0]: what a shift of the inputs is weighed by in equation 8. */
const FIRING_RATIO = 3 / 2;

/** What is known of a toy model in the limit of endless data. */
export interface ToyClosedForms {
  /** w: the weights of a regression from x to y. */
  readonly weights: PlaneVector;
  /** a = cov[x, w'x] / var(w'x), equation 4. */
  readonly pattern: PlaneVector;
  /** a+ and a-, equation 8; null where there is no closed form: for noise beside a distractor whose mean is not 0. */
  readonly positive: PlaneVector | null;
  readonly negative: PlaneVector | null;
  /** The correlation of w'x with what S_u(x) = u w'x leaves of x, where w'u = 1, measured along the line on which all of x - S_u(x) lies:
   * (-w2, w1). The quality of S_u is rho = 1 - |this|. */
  readonly correlationLeft: (direction: PlaneVector) => number;
}

const dot = (a: PlaneVector, b: PlaneVector): number => a[0] * b[0] + a[1] * b[1];

/** The weights, patterns and correlations that a toy model has in the limit of endless data.
 * @throws PatternLensError `invalid-argument`. */
export function toyClosedForms(model: ToyModel): ToyClosedForms {
  const { signal, distractor, mean, deviation, noise } = resolveToyModel(model);
  const term = (i: 0 | 1, j: 0 | 1): number =>
    VARIANCE * signal[i] * signal[j] + deviation ** 2 * distractor[i] * distractor[j];
  // cov[x] = [[p, q], [q, r]]
  const p = term(0, 0) + noise ** 2;
  const q = term(0, 1);
  const r = term(1, 1) + noise ** 2;
  const determinant = p * r - q * q;
  const weights: PlaneVector = [
    (VARIANCE * (r * signal[0] - q * signal[1])) / determinant,
    (VARIANCE * (p * signal[1] - q * signal[0])) / determinant,
  ];
  // cov[x, w'x] = cov[x] w = var(y) a_s: the pattern is the signal's direction whatever the rest is.
  const gain = dot(weights, signal);
  const pattern: PlaneVector = [signal[0] / gain, signal[1] / gain];
  const shifted = (sign: number): PlaneVector | null => {
    if (mean === 0) return pattern;
    if (noise > 0) return null;
    const by = sign * FIRING_RATIO * mean;
    return [signal[0] + by * distractor[0], signal[1] + by * distractor[1]];
  };
  const variance = VARIANCE * gain;
  const across: PlaneVector = [-weights[1], weights[0]];
  return {
    weights,
    pattern,
    positive: shifted(1),
    negative: shifted(-1),
    correlationLeft: (direction) => {
      const along = dot(across, direction);
      const shared = VARIANCE * dot(across, signal);
      const covariance = shared - along * variance;
      const spread = across[0] ** 2 * p + 2 * across[0] * across[1] * q + across[1] ** 2 * r;
      const left = spread - 2 * along * shared + along ** 2 * variance;
      return covariance / Math.sqrt(left * variance);
    },
  };
}
