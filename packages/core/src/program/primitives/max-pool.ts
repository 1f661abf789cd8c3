import { product, type Shape } from '../../tensor/shape.js';
import { filled } from '../../tensor/tensor.js';
import type { Tensor } from '../../tensor/tensor.js';
import { NOT_NEGATIVE, signOfProduct, withZero } from '../sign.js';
import type { PoolAttributes } from '../window.js';
import { neverZero, zeroIfAny, zeroIfFirst, type Primitive } from './primitive.js';
import { gradientShape, pooledShape, windowPositions } from './shape-rules.js';
import { pairLists, windowOf } from './window-pairs.js';

/** `[N, C, windowOffsets, ...out]`. */
const switchesShape = ([batch, channels, ...out]: Shape, { kernel }: PoolAttributes): Shape => [
  batch!,
  channels!,
  product(kernel),
  ...out,
];

function largest(x: Tensor, pool: PoolAttributes, shape: readonly number[]): Tensor {
  const window = windowOf(x.shape.slice(2), shape.slice(2), pool);
  const y = filled(shape, -Infinity);
  const lists = pairLists(window);
  for (let plane = 0; plane < shape[0]! * shape[1]!; plane++) {
    for (const { outputs, inputs } of lists) {
      for (let p = 0; p < outputs.length; p++) {
        const at = plane * window.outputSize + outputs[p]!;
        y.data[at] = Math.max(y.data[at]!, x.data[plane * window.inputSize + inputs[p]!]!);
      }
    }
  }
  return y;
}

/** The largest value of each window; padding never wins. */
export const maxPool: Primitive<PoolAttributes> = {
  operands: 1,
  isElementwise: false,
  isFolded: false,
  shape: pooledShape,
  sign: ([x]) => x,
  isZero: zeroIfFirst,
  evaluate: ([x], pool, shape) => largest(x, pool, shape),
};

/** `x` to 0/1 `[N, C, windowOffsets, ...out]`: 1 at the first offset, in row-major order, that equals the window's maximum. */
export const poolSwitches: Primitive<PoolAttributes> = {
  operands: 1,
  isElementwise: false,
  isFolded: false,
  shape: (operands, pool, kind) => switchesShape(pooledShape(operands, pool, kind), pool),
  sign: () => NOT_NEGATIVE,
  isZero: neverZero,
  evaluate: ([x], pool, shape) => {
    const out = [...shape.slice(0, 2), ...shape.slice(3)];
    const pooled = largest(x, pool, out);
    const window = windowOf(x.shape.slice(2), out.slice(2), pool);
    const switches = filled(shape, 0);
    const taken = new Uint8Array(pooled.data.length);
    const lists = pairLists(window);
    for (let plane = 0; plane < out[0]! * out[1]!; plane++) {
      lists.forEach(({ outputs, inputs }, offset) => {
        for (let p = 0; p < outputs.length; p++) {
          const at = plane * window.outputSize + outputs[p]!;
          if (taken[at] === 1 || x.data[plane * window.inputSize + inputs[p]!] !== pooled.data[at])
            continue;
          taken[at] = 1;
          switches.data[(plane * window.offsets + offset) * window.outputSize + outputs[p]!] = 1;
        }
      });
    }
    return switches;
  },
};

/** `x`, `switches` to `[N, C, ...out]`: the value that each window's switch points at. */
export const poolBySwitches: Primitive<PoolAttributes, 2> = {
  operands: 2,
  isElementwise: false,
  isFolded: false,
  shape: ([x, switches], pool, kind) => {
    const out = pooledShape([x], pool, kind);
    return gradientShape(kind, switchesShape(out, pool), switches, out);
  },
  sign: ([x, switches]) => withZero(signOfProduct(x, switches)),
  isZero: zeroIfAny,
  evaluate: ([x, switches], pool, shape) => {
    const window = windowOf(x.shape.slice(2), shape.slice(2), pool);
    const y = filled(shape, 0);
    const lists = pairLists(window);
    for (let plane = 0; plane < shape[0]! * shape[1]!; plane++) {
      lists.forEach(({ outputs, inputs }, offset) => {
        const first = (plane * window.offsets + offset) * window.outputSize;
        for (let p = 0; p < outputs.length; p++) {
          y.data[plane * window.outputSize + outputs[p]!]! +=
            switches.data[first + outputs[p]!]! * x.data[plane * window.inputSize + inputs[p]!]!;
        }
      });
    }
    return y;
  },
};

/** `r [N, C, ...out]`, `switches` to `[N, C, ...inputSpatial]`: each value goes to where its switch points; overlaps are summed. */
export const unpool: Primitive<PoolAttributes & { readonly inputSpatial: readonly number[] }, 2> = {
  operands: 2,
  isElementwise: false,
  isFolded: false,
  shape: ([r, switches], pool, kind) => {
    const planes = r.slice(0, 2);
    const out = [...planes, ...windowPositions(kind, pool.inputSpatial, pool)];
    const result = [...planes, ...pool.inputSpatial];
    gradientShape(kind, out, r, result);
    return gradientShape(kind, switchesShape(out, pool), switches, result);
  },
  sign: ([r, switches]) => withZero(signOfProduct(r, switches)),
  isZero: zeroIfAny,
  evaluate: ([r, switches], pool, shape) => {
    const window = windowOf(pool.inputSpatial, r.shape.slice(2), pool);
    const back = filled(shape, 0);
    const lists = pairLists(window);
    for (let plane = 0; plane < shape[0]! * shape[1]!; plane++) {
      lists.forEach(({ outputs, inputs }, offset) => {
        const first = (plane * window.offsets + offset) * window.outputSize;
        for (let p = 0; p < outputs.length; p++) {
          back.data[plane * window.inputSize + inputs[p]!]! +=
            switches.data[first + outputs[p]!]! * r.data[plane * window.outputSize + outputs[p]!]!;
        }
      });
    }
    return back;
  },
};
