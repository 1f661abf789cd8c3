import { toyClosedForms, toySamples, type PlaneVector, type ToyModel } from '@patternlens/data';

/** What the toy shows for an angle of the distractor. */
export interface ToyPlane {
  /** Where samples lie, and what is to be told from them, from -1 to 1. */
  readonly points: readonly { readonly x: number; readonly y: number; readonly target: number }[];
  readonly distractor: PlaneVector;
  /** The weights of the regression, and the pattern of the linear estimator, in the limit of endless data. */
  readonly w: PlaneVector;
  readonly a: PlaneVector;
  /** rho of the filter's estimator and of the pattern's: 1 less the correlation that is left. */
  readonly rho: { readonly filter: number; readonly pattern: number };
}

/** Samples that are drawn. */
const DRAWN = 240;

/** Angles at which the inputs fill the plane, so that there is something to learn. */
export const ANGLES = { least: 10, most: 170, first: 45 } as const;

/** The toy of the paper (Kindermans et al. 2017, section 2) with the signal along (1, 0).
 * @param degrees The angle of the distractor to the signal. */
export function toyPlane(degrees: number, withNoise: boolean): ToyPlane {
  const radians = (degrees * Math.PI) / 180;
  const distractor: PlaneVector = [Math.cos(radians), Math.sin(radians)];
  const model: ToyModel = {
    signal: [1, 0],
    distractor,
    deviation: 0.5,
    noise: withNoise ? 0.15 : 0,
  };
  const { input, target } = toySamples(model, { count: DRAWN });
  const { weights, pattern, correlationLeft } = toyClosedForms(model);
  const length = Math.hypot(...weights);
  const filter: PlaneVector = [weights[0] / length ** 2, weights[1] / length ** 2];
  const rhoOf = (direction: PlaneVector): number => {
    const left = Math.abs(correlationLeft(direction));
    // Where nothing at all is left there is nothing that could be correlated.
    return 1 - (Number.isFinite(left) ? left : 0);
  };
  return {
    points: Array.from(target, (value, at) => ({
      x: input.data[2 * at]!,
      y: input.data[2 * at + 1]!,
      target: value,
    })),
    distractor,
    w: weights,
    a: pattern,
    rho: { filter: rhoOf(filter), pattern: rhoOf(pattern) },
  };
}
