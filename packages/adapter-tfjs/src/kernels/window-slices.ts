import type { PoolAttributes } from '@patternlens/core/backend';
import type { Held } from '../layout/held.js';
import { pad, slice } from '../layout/move.js';
import type { Context } from './lowering.js';

/** Every offset of a kernel, in row-major order. */
export function offsetsOf(kernel: readonly number[]): number[][] {
  return kernel.reduce<number[][]>(
    (all, size) =>
      all.flatMap((before) => Array.from({ length: size }, (_, index) => [...before, index])),
    [[]],
  );
}

/** For every offset of a window, the values `[N, C, ...out]` that it reads. */
export function windowSlices(
  { tape }: Context,
  x: Held,
  a: PoolAttributes,
  out: readonly number[],
  padding: number,
): Held[] {
  const padded = pad(tape, x, [0, 0, ...a.padsBegin], [0, 0, ...a.padsEnd], padding);
  const sizes = [...x.shape.slice(0, 2), ...out];
  return offsetsOf(a.kernel).map((offset) => {
    const starts = offset.map((step, axis) => step * a.dilations[axis]!);
    return slice(tape, padded, [0, 0, ...starts], sizes, [1, 1, ...a.strides]);
  });
}
