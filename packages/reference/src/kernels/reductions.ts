import { strides, zeros, type Kernel, type Value } from './kernel.js';

/** Combines all entries that differ only in the reduced axes. */
function reduce(
  x: Value,
  shape: readonly number[],
  start: number,
  combine: (a: number, b: number) => number,
): Value {
  const result = zeros(shape);
  result.data.fill(start);
  const own = strides(x.shape),
    all = strides(shape);
  for (let at = 0; at < x.data.length; at++) {
    let to = 0;
    for (let axis = 0; axis < shape.length; axis++)
      to += shape[axis] === 1 ? 0 : (Math.floor(at / own[axis]!) % x.shape[axis]!) * all[axis]!;
    result.data[to] = combine(result.data[to]!, x.data[at]!);
  }
  return result;
}

export const reduceSum: Kernel<'reduceSum'> = (_operation, [x], shape) =>
  reduce(x!, shape, 0, (a, b) => a + b);
export const reduceMax: Kernel<'reduceMax'> = (_operation, [x], shape) =>
  reduce(x!, shape, -Infinity, Math.max);

export const argMax: Kernel<'argMax'> = (_operation, [x], shape) => {
  const result = zeros(shape);
  const row = x!.shape.at(-1)!;
  for (let at = 0; at < result.data.length; at++) {
    let best = 0;
    for (let index = 1; index < row; index++)
      if (x!.data[at * row + index]! > x!.data[at * row + best]!) best = index;
    result.data[at] = best;
  }
  return result;
};

export const oneHot: Kernel<'oneHot'> = ({ size }, [indices], shape) => {
  const result = zeros(shape);
  indices!.data.forEach((index, at) => {
    if (index >= 0 && index < size) result.data[at * size + index] = 1;
  });
  return result;
};
