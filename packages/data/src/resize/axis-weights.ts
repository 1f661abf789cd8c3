import type { WeightFunction } from './resample-filter.js';

/** Bits behind the point of a weight. 8 bits of a pixel, and 2 for sums beyond 0 to 255, are left of 32. */
export const WEIGHT_BITS = 22;

const ONE = 2 ** WEIGHT_BITS;

/** Which pixels of a line each resized pixel is made of, with their weights in fixed point. */
export interface AxisWeights {
  /** How many resized pixels there are. */
  readonly count: number;
  /** The first pixel that each is made of. */
  readonly from: Int32Array;
  /** Of how many pixels each is made. */
  readonly taken: Int32Array;
  /** Weights of one resized pixel follow those of another, `stride` apart. */
  readonly weights: Int32Array;
  readonly stride: number;
}

/** The weights of `count` resized pixels from `first` on, of a line of `before` pixels that becomes one of `after`. A smaller
 * image is made with a filter as much wider, so that every pixel counts. Where it hangs over the border, it is cut and the
 * rest weighs 1 again. Halves are rounded away from zero. */
export function axisWeights(
  before: number,
  after: number,
  { reach, weight }: WeightFunction,
  first: number,
  count: number,
): AxisWeights {
  const step = before / after;
  const width = Math.max(step, 1);
  const support = reach * width;
  const stride = Math.ceil(support) * 2 + 1;
  const from = new Int32Array(count);
  const taken = new Int32Array(count);
  const weights = new Int32Array(count * stride);
  const line = new Float64Array(stride);
  for (let at = 0; at < count; at++) {
    const centre = (first + at + 0.5) * step;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(before, Math.trunc(centre + support + 0.5));
    let total = 0;
    for (let pixel = start; pixel < end; pixel++) {
      const value = weight((pixel - centre + 0.5) * (1 / width));
      line[pixel - start] = value;
      total += value;
    }
    from[at] = start;
    taken[at] = end - start;
    for (let tap = 0; tap < end - start; tap++)
      weights[at * stride + tap] = rounded((line[tap]! / (total === 0 ? 1 : total)) * ONE);
  }
  return { count, from, taken, weights, stride };
}

const rounded = (value: number): number => Math.trunc(value < 0 ? value - 0.5 : value + 0.5);
