import { filled } from '../../tensor/tensor.js';
import { withZero } from '../sign.js';
import type { PoolAttributes } from '../window.js';
import { zeroIfFirst, type Primitive } from './primitive.js';
import { gradientShape, pooledShape, windowPositions } from './shape-rules.js';
import { pairLists, windowOf } from './window-pairs.js';

/** The sum of each window, padding counting as zero, divided by the number of window offsets. */
export const avgPool: Primitive<PoolAttributes> = {
  operands: 1,
  isElementwise: false,
  isFolded: false,
  shape: pooledShape,
  sign: ([x]) => withZero(x),
  isZero: zeroIfFirst,
  evaluate: ([x], pool, shape) => {
    const window = windowOf(x.shape.slice(2), shape.slice(2), pool);
    const y = filled(shape, 0);
    for (const { outputs, inputs } of pairLists(window)) {
      for (let plane = 0; plane < shape[0]! * shape[1]!; plane++) {
        for (let p = 0; p < outputs.length; p++) {
          y.data[plane * window.outputSize + outputs[p]!]! +=
            x.data[plane * window.inputSize + inputs[p]!]!;
        }
      }
    }
    for (let at = 0; at < y.data.length; at++) y.data[at]! /= window.offsets;
    return y;
  },
};

/** The transpose of `avgPool`: `r [N, C, ...out]` to `[N, C, ...inputSpatial]`. */
export const avgPoolInputGradient: Primitive<
  PoolAttributes & { readonly inputSpatial: readonly number[] }
> = {
  operands: 1,
  isElementwise: false,
  isFolded: false,
  shape: ([r], pool, kind) => {
    const planes = r.slice(0, 2);
    const out = [...planes, ...windowPositions(kind, pool.inputSpatial, pool)];
    return gradientShape(kind, out, r, [...planes, ...pool.inputSpatial]);
  },
  sign: ([r]) => withZero(r),
  isZero: zeroIfFirst,
  evaluate: ([r], pool, shape) => {
    const window = windowOf(pool.inputSpatial, r.shape.slice(2), pool);
    const back = filled(shape, 0);
    for (const { outputs, inputs } of pairLists(window)) {
      for (let plane = 0; plane < shape[0]! * shape[1]!; plane++) {
        for (let p = 0; p < outputs.length; p++) {
          back.data[plane * window.inputSize + inputs[p]!]! +=
            r.data[plane * window.outputSize + outputs[p]!]! / window.offsets;
        }
      }
    }
    return back;
  },
};
