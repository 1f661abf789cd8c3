import type { WindowAttributes } from '../../program/window.js';
import { type Box, type Range, spanOf } from './box.js';

function* positions({ from, to }: Range): Generator<number> {
  for (let position = from; position < to; position++) yield position;
}

/** By spatial axis: the input indices that the windows of a box of positions read. */
export function windowRanges(
  box: Box,
  kernel: readonly number[],
  window: WindowAttributes,
  sizes: readonly number[],
): (Range | undefined)[] {
  return kernel.map((taps, axis) => {
    function* read(): Generator<number> {
      for (const position of positions(box[axis + 2]!)) {
        const start = position * window.strides[axis]! - window.padsBegin[axis]!;
        for (let tap = 0; tap < taps; tap++) yield start + tap * window.dilations[axis]!;
      }
    }
    return spanOf(read(), sizes[axis + 2]!);
  });
}

/** By spatial axis: the input indices that a transposed convolution adds to a box of positions. */
export function transposedRanges(
  box: Box,
  kernel: readonly number[],
  window: WindowAttributes,
  sizes: readonly number[],
): (Range | undefined)[] {
  return kernel.map((taps, axis) => {
    function* read(): Generator<number> {
      for (const position of positions(box[axis + 2]!)) {
        for (let tap = 0; tap < taps; tap++) {
          const scaled = position + window.padsBegin[axis]! - tap * window.dilations[axis]!;
          if (scaled % window.strides[axis]! === 0) yield scaled / window.strides[axis]!;
        }
      }
    }
    return spanOf(read(), sizes[axis + 2]!);
  });
}
