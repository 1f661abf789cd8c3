import { stridesOf } from '../../tensor/shape.js';
import type { Tensor } from '../../tensor/tensor.js';

/** Writes a tensor into the part of another that begins at the given index. */
export function placeBlock(into: Tensor, x: Tensor, begin: readonly number[]): void {
  const all = stridesOf(into.shape);
  const strides = stridesOf(x.shape);
  for (let at = 0; at < x.data.length; at++) {
    let to = 0;
    for (let axis = 0; axis < strides.length; axis++)
      to += ((Math.floor(at / strides[axis]!) % x.shape[axis]!) + begin[axis]!) * all[axis]!;
    into.data[to] = x.data[at]!;
  }
}
