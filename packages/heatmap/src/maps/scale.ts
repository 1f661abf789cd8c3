import { PatternLensError, type TensorData } from '@patternlens/core';
import { select } from './select.js';

/** What the ends of a colour bar stand for, always symmetric around zero: -limit, 0, +limit. */
export interface Scale {
  /** Positive where the state is `finite`, else 0. */
  readonly limit: number;
  /** The percentage of magnitudes at or below the limit; 100 is the largest magnitude. */
  readonly quantile: number;
  /** Maps that are zero everywhere, or not finite somewhere, have no scale: say so instead of drawing one. */
  readonly state: 'finite' | 'zero' | 'not-finite';
}

/** The quantile that relevance is scaled by unless another is chosen, in percent. */
export const DEFAULT_QUANTILE = 99.5;

/** The scale of values, or of several maps together: the quantile of magnitudes over all of them, in percent, linear between
 * the two nearest ranks. Where more values are zero than the quantile leaves, the largest magnitude counts, and `quantile` says 100.
 * @throws PatternLensError `invalid-argument` for a quantile outside (0, 100]. */
export function scaleOf(
  values: TensorData | readonly TensorData[],
  quantile = DEFAULT_QUANTILE,
): Scale {
  const maps = isOne(values) ? [values] : values;
  return scaleAt(largestMagnitude(maps), quantile, () => selecting(magnitudes(maps)));
}

/** The scales of the same values at any quantile, as `scaleOf` gives them: what is sorted once makes a slider quick.
 * The function that is returned throws as `scaleOf` does. */
export function scalesOf(values: TensorData | readonly TensorData[]): (quantile?: number) => Scale {
  const maps = isOne(values) ? [values] : values;
  const largest = largestMagnitude(maps);
  let sorted: Float64Array | undefined;
  return (quantile = DEFAULT_QUANTILE) =>
    scaleAt(largest, quantile, () => {
      const all = (sorted ??= magnitudes(maps).sort());
      return { length: all.length, pairAt: (index) => [all[index]!, all[index + 1]!] };
    });
}

function scaleAt(largest: number, quantile: number, ranked: () => Ranked): Scale {
  if (!(quantile > 0 && quantile <= 100)) {
    throw new PatternLensError(
      'heatmap',
      'invalid-argument',
      `quantile: expected percent above 0 and up to 100, got ${quantile}. 99.5 leaves out the brightest pixels, 100 none.`,
    );
  }
  if (!Number.isFinite(largest)) return { limit: 0, quantile, state: 'not-finite' };
  if (largest === 0) return { limit: 0, quantile, state: 'zero' };
  const limit = quantile === 100 ? largest : quantileOf(ranked(), quantile);
  return limit > 0
    ? { limit, quantile, state: 'finite' }
    : { limit: largest, quantile: 100, state: 'finite' };
}

const isOne = (values: TensorData | readonly TensorData[]): values is TensorData =>
  ArrayBuffer.isView(values);

/** NaN where any value is NaN: comparing alone would step over it. */
function largestMagnitude(maps: readonly TensorData[]): number {
  let largest = 0;
  for (const map of maps) {
    for (const value of map) {
      const magnitude = Math.abs(value);
      if (Number.isNaN(magnitude)) return NaN;
      if (magnitude > largest) largest = magnitude;
    }
  }
  return largest;
}

function magnitudes(maps: readonly TensorData[]): Float64Array {
  const all = new Float64Array(maps.reduce((total, map) => total + map.length, 0));
  let at = 0;
  for (const map of maps) for (const value of map) all[at++] = Math.abs(value);
  return all;
}

/** The value at a rank, and the one behind it. */
interface Ranked {
  readonly length: number;
  readonly pairAt: (index: number) => readonly [below: number, above: number];
}

/** Finds ranks without sorting. */
const selecting = (values: Float64Array): Ranked => ({
  length: values.length,
  pairAt: (index) => [
    select(values, index),
    values.subarray(index + 1).reduce((least, value) => Math.min(least, value), Infinity),
  ],
});

function quantileOf(values: Ranked, quantile: number): number {
  const rank = ((values.length - 1) * quantile) / 100;
  const index = Math.floor(rank);
  const [below, above] = values.pairAt(index);
  return rank === index ? below : below + (above - below) * (rank - index);
}

/** A value as a share of the scale: `clamp(value / limit, -1, 1)`, then `sign(t) |t|^gamma`; below 1, gamma lifts what is faint. */
export function shareOf(value: number, { limit }: Scale, gamma = 1): number {
  const share = Math.max(-1, Math.min(1, value / limit));
  return gamma === 1 ? share : Math.sign(share) * Math.abs(share) ** gamma;
}
