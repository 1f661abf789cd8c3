import type { Tensor } from '@patternlens/core';
import type { Distances } from '../report/benchmark-report.js';
import { spearman } from './spearman.js';

type Values = ArrayLike<number>;

/** How near one sample's values are to the reference's. Where the reference is zero everywhere, any difference is all of it. */
export function distancesOf(actual: Values, reference: Values): Distances {
  let difference = 0,
    size = 0,
    ownSize = 0,
    product = 0,
    worst = 0,
    largest = 0;
  for (let at = 0; at < reference.length; at++) {
    const want = reference[at]!,
      got = actual[at]!;
    const off = Math.abs(got - want);
    difference += off * off;
    size += want * want;
    ownSize += got * got;
    product += got * want;
    // Math.max keeps NaN, so that a value that is no number is noticed.
    worst = Math.max(worst, off);
    largest = Math.max(largest, Math.abs(want));
  }
  const share = (off: number, whole: number): number =>
    whole === 0 ? (off === 0 ? 0 : Infinity) : off / whole;
  return {
    relativeL2: share(Math.sqrt(difference), Math.sqrt(size)),
    maximum: share(worst, largest),
    cosine:
      size === 0 || ownSize === 0
        ? Number(size === ownSize)
        : product / Math.sqrt(size) / Math.sqrt(ownSize),
    spearman: spearman(absolute(actual), absolute(reference)),
  };
}

const absolute = (values: Values): Float64Array =>
  Float64Array.from({ length: values.length }, (_, at) => Math.abs(values[at]!));

/** Relative L2 distance alone. */
export function relativeL2(actual: Values, reference: Values): number {
  let difference = 0,
    size = 0;
  for (let at = 0; at < reference.length; at++) {
    difference += (actual[at]! - reference[at]!) ** 2;
    size += reference[at]! ** 2;
  }
  if (difference === 0) return 0;
  return size === 0 ? Infinity : Math.sqrt(difference / size);
}

/** The distances of several samples as one: the worst of each measure. */
export const worstOf = (a: Distances, b: Distances): Distances => ({
  relativeL2: Math.max(a.relativeL2, b.relativeL2),
  maximum: Math.max(a.maximum, b.maximum),
  cosine: Math.min(a.cosine, b.cosine),
  spearman: Math.min(a.spearman, b.spearman),
});

export const EQUAL: Distances = { relativeL2: 0, maximum: 0, cosine: 1, spearman: 1 };

/** The index of the first largest value. */
export function topOf({ data }: Tensor): number {
  let top = 0;
  for (let at = 1; at < data.length; at++) if (data[at]! > data[top]!) top = at;
  return top;
}
