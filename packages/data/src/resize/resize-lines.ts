import { WEIGHT_BITS, type AxisWeights } from './axis-weights.js';

const HALF = 2 ** (WEIGHT_BITS - 1);

/** Values of pixels, rows from top to bottom, the channels of a pixel side by side. */
type Values = Uint8Array | Uint8ClampedArray;

/** Some rows of an image. */
export interface Rows {
  readonly data: Values;
  /** In pixels. */
  readonly width: number;
  readonly channels: number;
  readonly first: number;
  readonly count: number;
}

/** Rows with every pixel made of its neighbours on the left and right, rounded to whole numbers of 0 to 255. */
export function resizeWidth(rows: Rows, axis: AxisWeights): Uint8Array {
  const { channels, count } = rows;
  const { from, taken, weights, stride, count: width } = axis;
  // Loops that only ever see arrays of one kind are several times as fast.
  const data = plain(rows.data);
  const result = new Uint8Array(count * width * channels);
  let to = 0;
  for (let row = 0; row < count; row++) {
    const start = (rows.first + row) * rows.width;
    for (let column = 0; column < width; column++) {
      const left = (start + from[column]!) * channels;
      const begin = column * stride;
      const end = begin + taken[column]!;
      for (let channel = 0; channel < channels; channel++) {
        let sum = HALF;
        let at = left + channel;
        for (let tap = begin; tap < end; tap++) {
          sum = (sum + data[at]! * weights[tap]!) | 0;
          at += channels;
        }
        result[to++] = byteOf(sum);
      }
    }
  }
  return result;
}

/** Rows made of those above and below, rounded to whole numbers of 0 to 255. The first of the given ones is the image's
 * `rows.first`. */
export function resizeHeight(rows: Rows, axis: AxisWeights): Uint8Array {
  const { channels } = rows;
  const { from, taken, weights, stride, count: height } = axis;
  const data = plain(rows.data);
  const length = rows.width * channels;
  const result = new Uint8Array(height * length);
  const sums = new Int32Array(length);
  for (let row = 0; row < height; row++) {
    sums.fill(HALF);
    for (let tap = 0; tap < taken[row]!; tap++) {
      const weight = weights[row * stride + tap]!;
      const start = (from[row]! + tap - rows.first) * length;
      for (let at = 0; at < length; at++) sums[at] = sums[at]! + data[start + at]! * weight;
    }
    const to = row * length;
    for (let at = 0; at < length; at++) result[to + at] = byteOf(sums[at]!);
  }
  return result;
}

function byteOf(sum: number): number {
  const value = sum >> WEIGHT_BITS;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}

const plain = (values: Values): Uint8Array =>
  values instanceof Uint8Array
    ? values
    : new Uint8Array(values.buffer, values.byteOffset, values.length);
