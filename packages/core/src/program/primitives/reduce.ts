import { formatShape, product, stridesOf, type Shape } from '../../tensor/shape.js';
import type { Tensor } from '../../tensor/tensor.js';
import { withZero } from '../sign.js';
import { zeroIfFirst, type Primitive } from './primitive.js';
import { misfit } from './shape-rules.js';

export interface ReduceAttributes {
  readonly axes: readonly number[];
}

function reducedShape([x]: readonly [Shape], { axes }: ReduceAttributes, kind: string): Shape {
  for (const axis of axes)
    if (axis < 0 || axis >= x.length) misfit(kind, `axis ${axis} is not in ${formatShape(x)}.`);
  return x.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
}

/** Combines all entries that differ only in the reduced axes. */
function reduce(
  x: Tensor,
  shape: readonly number[],
  start: number,
  combine: (a: number, b: number) => number,
): Tensor {
  const data = new Float64Array(product(shape)).fill(start);
  const from = stridesOf(x.shape),
    to = stridesOf(shape);
  for (let at = 0; at < x.data.length; at++) {
    let place = 0;
    for (let axis = 0; axis < shape.length; axis++)
      place += shape[axis] === 1 ? 0 : (Math.floor(at / from[axis]!) % x.shape[axis]!) * to[axis]!;
    data[place] = combine(data[place]!, x.data[at]!);
  }
  return { data, shape };
}

/** Sums over the axes, which are kept with size 1. */
export const reduceSum: Primitive<ReduceAttributes> = {
  operands: 1,
  isElementwise: false,
  isFolded: false,
  shape: reducedShape,
  sign: ([x]) => withZero(x),
  isZero: zeroIfFirst,
  evaluate: ([x], _attributes, shape) => reduce(x, shape, 0, (a, b) => a + b),
};

/** The largest over the axes, which are kept with size 1. */
export const reduceMax: Primitive<ReduceAttributes> = {
  operands: 1,
  isElementwise: false,
  isFolded: false,
  shape: reducedShape,
  sign: ([x]) => x,
  isZero: zeroIfFirst,
  evaluate: ([x], _attributes, shape) => reduce(x, shape, -Infinity, Math.max),
};
