import { isBatch, type Dim } from '@patternlens/core/tensor';
import { SAMPLES_ALONE, type Place } from '../place/place.js';

/** What a slice takes of one axis. */
export interface SliceRange {
  readonly start: number;
  readonly step: number;
  /** How many entries; the batch is taken whole. */
  readonly size: Dim;
}

/** What a slice asks for of one axis; undefined stands for the axis' own end. */
export interface SliceLimits {
  readonly begin: number | undefined;
  readonly end: Dim | undefined;
  readonly step: number;
}

export const wholeAxis = (size: Dim): SliceRange => ({ start: 0, step: 1, size });

/** The entries that a slice of an axis takes: limits below 0 count from behind, and all are cut to the axis. The batch can only be taken whole.
 * @param fixed The samples that the file fixes its batch to. */
export function sliceRange(
  place: Place,
  size: Dim,
  { begin, end, step }: SliceLimits,
  fixed = Infinity,
): SliceRange {
  if (isBatch(size)) {
    const largest = Math.min(2 ** 31 - 1, size.batch * fixed);
    const toEnd = end === undefined || (isBatch(end) ? end.batch >= size.batch : end >= largest);
    return toEnd && (begin ?? 0) === 0 && step === 1
      ? wholeAxis(size)
      : place.unsupported('it cuts the batch axis.', SAMPLES_ALONE);
  }
  if (isBatch(end)) return place.unsupported('it ends where the batch does.');
  if (step === 0) place.invalid('a step is 0; steps must be whole numbers above or below it.');
  const counted = (at: number): number => (at < 0 ? at + size : at);
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const start = begin === undefined ? (step > 0 ? 0 : high) : clamp(counted(begin), 0, high);
  const stop =
    end === undefined
      ? step > 0
        ? high
        : low
      : clamp(end < -size ? low : counted(end), low, high);
  return { start, step, size: Math.max(0, Math.ceil((stop - start) / step)) };
}

const clamp = (at: number, low: number, high: number): number => Math.min(Math.max(at, low), high);

/** The places that a range of an axis takes. */
export const placesOf = ({ start, step, size }: SliceRange): number[] =>
  Array.from({ length: size as number }, (_, at) => start + at * step);
