import { product } from '../../tensor/shape.js';
import { NOT_NEGATIVE } from '../sign.js';
import { neverZero, type NoAttributes, type Primitive } from './primitive.js';

/** The index of the first largest value along the last axis, which is dropped. */
export const argMax: Primitive<NoAttributes> = {
  operands: 1,
  isElementwise: false,
  isFolded: false,
  shape: ([x]) => x.slice(0, -1),
  sign: () => NOT_NEGATIVE,
  isZero: neverZero,
  evaluate: ([x], _attributes, shape) => {
    const data = new Float64Array(product(shape));
    const row = x.shape.at(-1)!;
    for (let at = 0; at < data.length; at++) {
      let best = 0;
      for (let index = 1; index < row; index++)
        if (x.data[at * row + index]! > x.data[at * row + best]!) best = index;
      data[at] = best;
    }
    return { data, shape };
  },
};
