import { bootstrapWith, type Interval } from './bootstrap.js';

/** The difference of two quantities measured on the same samples. */
export interface PairedDifference extends Interval {
  /** Samples where the first is larger, equal, smaller. */
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
}

/** First less second, sample by sample, with the bootstrap 95 % interval of its mean. */
export function pairedDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  draws: readonly Uint32Array[],
): PairedDifference {
  const differences = Float64Array.from(first, (value, at) => value - second[at]!);
  const count = (test: (difference: number) => boolean): number => differences.filter(test).length;
  return {
    ...bootstrapWith(differences, draws),
    wins: count((difference) => difference > 0),
    ties: count((difference) => difference === 0),
    losses: count((difference) => difference < 0),
  };
}
