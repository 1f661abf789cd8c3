import type { Plane } from '../maps/reduce-channels.js';
import type { Picture } from './picture.js';

/** `nearest` keeps pixels as squares, `smooth` is linear between their centres when enlarging and the mean of what a pixel
 * covers when shrinking, `peaks` keeps the value of the largest magnitude that a pixel covers. */
export type Resampling = 'nearest' | 'smooth' | 'peaks';

/** Interleaved values: `[outer, size, inner]`, of which the middle axis is resampled. */
interface Axis {
  readonly outer: number;
  readonly size: number;
  readonly inner: number;
}

/** What one target pixel along an axis is made of. */
interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

/** A plane at another size. The range of its values never grows. */
export function resizePlane(
  { values, width, height }: Plane,
  toWidth: number,
  toHeight: number,
  how: Resampling = 'smooth',
): Plane {
  const across = along(values, { outer: height, size: width, inner: 1 }, toWidth, how);
  const down = along(across, { outer: 1, size: height, inner: toWidth }, toHeight, how);
  return { values: down, width: toWidth, height: toHeight };
}

/** A picture at another size. */
export function resizePicture(
  picture: Picture,
  toWidth: number,
  toHeight: number,
  how: Exclude<Resampling, 'peaks'> = 'smooth',
): Picture {
  const { width, height } = picture;
  if (width === toWidth && height === toHeight) return picture;
  const values = new Float64Array(picture.data);
  const across = along(values, { outer: height, size: width, inner: 4 }, toWidth, how);
  const down = along(across, { outer: 1, size: height, inner: toWidth * 4 }, toHeight, how);
  const data = new Uint8ClampedArray(down.length);
  for (let at = 0; at < down.length; at++) data[at] = Math.round(down[at]!);
  return { width: toWidth, height: toHeight, data };
}

function along(
  values: Float64Array,
  { outer, size, inner }: Axis,
  to: number,
  how: Resampling,
): Float64Array {
  if (size === to) return values;
  const combine = how === 'peaks' ? keepPeak : addWeighted;
  const result = new Float64Array(outer * to * inner);
  for (let at = 0; at < to; at++) {
    const { first, weights } = tapsOf(at, size, to, how);
    for (let block = 0; block < outer; block++) {
      const target = (block * to + at) * inner;
      for (let tap = 0; tap < weights.length; tap++) {
        const source = (block * size + first + tap) * inner;
        combine(result, target, values, source, inner, weights[tap]!);
      }
    }
  }
  return result;
}

/** Works a run of values into a run of the result. */
type Combine = (
  result: Float64Array,
  target: number,
  values: Float64Array,
  source: number,
  count: number,
  weight: number,
) => void;

const addWeighted: Combine = (result, target, values, source, count, weight) => {
  for (let lane = 0; lane < count; lane++) {
    result[target + lane]! += weight * values[source + lane]!;
  }
};

const keepPeak: Combine = (result, target, values, source, count) => {
  for (let lane = 0; lane < count; lane++) {
    const value = values[source + lane]!;
    if (Math.abs(value) > Math.abs(result[target + lane]!)) result[target + lane] = value;
  }
};

function tapsOf(at: number, from: number, to: number, how: Resampling): Taps {
  if (how === 'nearest' || (how === 'peaks' && to > from)) {
    return { first: Math.floor(((at + 0.5) * from) / to), weights: [1] };
  }
  return to > from ? linearTaps(at, from, to) : coveredTaps(at, from, to);
}

function linearTaps(at: number, from: number, to: number): Taps {
  const centre = Math.max(0, Math.min(from - 1, ((at + 0.5) * from) / to - 0.5));
  const first = Math.floor(centre);
  const share = centre - first;
  return { first, weights: share === 0 ? [1] : [1 - share, share] };
}

function coveredTaps(at: number, from: number, to: number): Taps {
  const start = (at * from) / to;
  const end = ((at + 1) * from) / to;
  const first = Math.floor(start);
  const last = Math.min(from, Math.ceil(end));
  const weights = Array.from({ length: last - first }, (_, tap) => {
    const covered = Math.min(end, first + tap + 1) - Math.max(start, first + tap);
    return covered / (end - start);
  });
  return { first, weights };
}
