import { formatShape, product } from '../../tensor/shape.js';
import { filled } from '../../tensor/tensor.js';
import { zeroIfFirst, type Primitive } from './primitive.js';
import { misfit } from './shape-rules.js';

export interface GatherAttributes {
  readonly axis: number;
  readonly indices: readonly number[];
}

/** The entries of one axis at constant indices. */
export const gather: Primitive<GatherAttributes> = {
  operands: 1,
  isElementwise: false,
  isFolded: false,
  shape: ([x], { axis, indices }, kind) => {
    const dim = x[axis];
    if (typeof dim !== 'number')
      misfit(kind, `axis ${axis} of ${formatShape(x)} cannot be indexed.`);
    if (indices.some((index) => index < 0 || index >= dim))
      misfit(kind, `an index leaves axis ${axis} of ${formatShape(x)}.`);
    return x.map((size, at) => (at === axis ? indices.length : size));
  },
  sign: ([x]) => x,
  isZero: zeroIfFirst,
  evaluate: ([x], { axis, indices }, shape) => {
    const result = filled(shape, 0);
    const inner = product(shape.slice(axis + 1));
    const rows = x.shape[axis]!;
    for (let outer = 0; outer < product(shape.slice(0, axis)); outer++) {
      indices.forEach((index, row) => {
        const from = (outer * rows + index) * inner;
        const to = (outer * indices.length + row) * inner;
        result.data.set(x.data.subarray(from, from + inner), to);
      });
    }
    return result;
  },
};
