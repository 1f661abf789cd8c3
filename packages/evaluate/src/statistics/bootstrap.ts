import { uniforms } from '@patternlens/core/tensor';

/** A mean with the ends of its bootstrap 95 % interval; null where there was nothing to average. */
export interface Interval {
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Values that were averaged. */
  readonly count: number;
}

/** Bootstrap resamples where nothing else is said. */
export const RESAMPLES = 1000;

/** Which samples each resample draws, with replacement: the same for every quantity, so that differences stay paired. */
export function resamples(count: number, seed: number, draws = RESAMPLES): Uint32Array[] {
  const next = uniforms(seed);
  return Array.from({ length: draws }, () =>
    Uint32Array.from({ length: count }, () => Math.floor(next() * count)),
  );
}

/** The value below which a share of sorted values lies, between neighbours by linear interpolation. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (place - below);
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at]!;
  return sum / values.length;
}

/** The mean of one value a sample, and the 2.5 % and 97.5 % quantiles of its resampled means. */
export function bootstrapWith(values: ArrayLike<number>, draws: readonly Uint32Array[]): Interval {
  if (values.length === 0) return { mean: null, low: null, high: null, count: 0 };
  const means = Float64Array.from(draws, (drawn) => {
    let sum = 0;
    for (const at of drawn) sum += values[at]!;
    return sum / drawn.length;
  }).sort();
  return {
    mean: meanOf(values),
    low: quantile(means, 0.025),
    high: quantile(means, 0.975),
    count: values.length,
  };
}

/** The mean of the values that are there, with its bootstrap 95 % interval. */
export function bootstrap(values: readonly (number | null)[], seed: number): Interval {
  const there = values.filter((value) => value !== null);
  return bootstrapWith(there, resamples(there.length, seed));
}
