import { quantile } from '../statistics/bootstrap.js';
import { spearman } from '../statistics/spearman.js';
import { ssim } from '../statistics/ssim.js';

/** What is compared of one sample's map. */
export interface ComparedMap {
  /** Magnitudes at each place. */
  readonly magnitude: Float64Array;
  /** The signed sum over channels. */
  readonly signed: Float64Array;
}

/** How alike two maps are; null where it can't be told: a map of zeros, places that are no image. */
export interface MapSimilarity {
  readonly magnitude: number | null;
  readonly signed: number | null;
  readonly ssim: number | null;
}

/** A map between 0 and 1: by its 99.5 % quantile, what is above it clipped; undefined for a map of zeros. */
function normalised(map: Float64Array): Float64Array | undefined {
  const sorted = map.toSorted();
  const high = quantile(sorted, 0.995) || sorted.at(-1)!;
  return high > 0 ? map.map((value) => Math.min(value / high, 1)) : undefined;
}

function structure(
  a: Float64Array,
  b: Float64Array,
  [height, width, ...more]: readonly number[],
): number | null {
  if (height === undefined || width === undefined || more.length > 0) return null;
  const one = normalised(a),
    other = normalised(b);
  return one && other ? ssim(one, other, height, width) : null;
}

/** Spearman's rank correlation of magnitudes and of signed maps, and the structural similarity of magnitudes. */
export function mapSimilarity(
  a: ComparedMap,
  b: ComparedMap,
  spatial: readonly number[],
): MapSimilarity {
  return {
    magnitude: spearman(a.magnitude, b.magnitude),
    signed: spearman(a.signed, b.signed),
    ssim: structure(a.magnitude, b.magnitude, spatial),
  };
}
