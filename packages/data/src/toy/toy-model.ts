import { argumentError } from '../errors/data-error.js';

/** A vector of the plane. */
export type PlaneVector = readonly [number, number];

/** A linear model of data in the plane (Kindermans et al. 2017, section 2): x = a_s y + a_d e + n, where y is what is to be told from x,
 * uniform in [-1, 1]; e is normal; n is normal and isotropic. */
export interface ToyModel {
  /** a_s: the direction of the signal. */
  readonly signal: PlaneVector;
  /** a_d: the direction of the distractor. */
  readonly distractor: PlaneVector;
  /** Mean of e; 0 where not given. */
  readonly mean?: number;
  /** Standard deviation of e; 0 for no distractor. */
  readonly deviation: number;
  /** Standard deviation of each component of n; 0 where not given. */
  readonly noise?: number;
}

/** The model with its defaults. */
export type ResolvedToyModel = Required<ToyModel>;

/** Components stay below 2^8, so that their sums on a grid of 2^-16 are exact in float32. */
const LARGEST = 4;

/** The model with defaults, checked: the signal can be told from the rest, and numbers are neither too large nor NaN.
 * @throws PatternLensError `invalid-argument`. */
export function resolveToyModel(model: ToyModel): ResolvedToyModel {
  const { signal, distractor, mean = 0, deviation, noise = 0 } = model;
  const within = (value: number, least: number): boolean => value >= least && value <= LARGEST;
  for (const [name, vector] of Object.entries({ signal, distractor })) {
    if (!vector.every((value) => within(value, -LARGEST)) || Math.hypot(...vector) < 1e-3)
      throw argumentError(
        'toy model',
        `a direction of the ${name} of length 0.001 to ${LARGEST}`,
        `(${vector.join(', ')})`,
      );
  }
  if (!within(mean, -LARGEST))
    throw argumentError('toy model', `a mean between -${LARGEST} and ${LARGEST}`, String(mean));
  for (const [name, value] of Object.entries({ deviation, noise })) {
    if (!within(value, 0))
      throw argumentError('toy model', `${name} between 0 and ${LARGEST}`, String(value));
  }
  const across = signal[0] * distractor[1] - signal[1] * distractor[0];
  if (noise === 0 && (deviation === 0 || Math.abs(across) < 1e-3))
    throw argumentError(
      'toy model',
      'noise, or a distractor in another direction than the signal, so that the inputs fill the plane',
      `noise 0, deviation ${deviation}, distractor (${distractor.join(', ')})`,
    );
  return { signal, distractor, mean, deviation, noise };
}
