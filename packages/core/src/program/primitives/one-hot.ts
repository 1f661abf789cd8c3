import { product } from '../../tensor/shape.js';
import { NOT_NEGATIVE } from '../sign.js';
import { neverZero, type Primitive } from './primitive.js';

/** Indices `[...]` to 0/1 `[..., size]`; an index outside gives zeros. */
export const oneHot: Primitive<{ readonly size: number }> = {
  operands: 1,
  isElementwise: false,
  isFolded: false,
  shape: ([indices], { size }) => [...indices, size],
  sign: () => NOT_NEGATIVE,
  isZero: neverZero,
  evaluate: ([indices], { size }, shape) => {
    const data = new Float64Array(product(shape));
    indices.data.forEach((index, at) => {
      if (index >= 0 && index < size) data[at * size + index] = 1;
    });
    return { data, shape };
  },
};
