import { forEachBroadcast } from '../../tensor/broadcast.js';
import {
  formatShape,
  isBatch,
  product,
  sameDim,
  stridesOf,
  type Shape,
} from '../../tensor/shape.js';
import { zeroIfFirst, type Primitive } from './primitive.js';
import { misfit } from './shape-rules.js';

export interface SliceAttributes {
  readonly starts: readonly number[];
  readonly sizes: Shape;
  readonly steps: readonly number[];
}

/** Elements `starts[axis] + i * steps[axis]` for `i < sizes[axis]`; an axis that depends on the batch is taken whole. Steps are positive. */
export const slice: Primitive<SliceAttributes> = {
  operands: 1,
  isElementwise: false,
  isFolded: true,
  shape: ([x], { starts, sizes, steps }, kind) =>
    x.map((dim, axis) => {
      const size = sizes[axis]!,
        start = starts[axis]!,
        step = steps[axis]!;
      if (isBatch(dim) || isBatch(size)) {
        return sameDim(dim, size) && start === 0 && step === 1
          ? dim
          : misfit(kind, 'the batch axis is taken whole.');
      }
      const inside = step > 0 && start >= 0 && size > 0 && start + (size - 1) * step < dim;
      return inside
        ? size
        : misfit(
            kind,
            `${size} elements from ${start} in steps of ${step} leave axis ${axis} of ${formatShape(x)}.`,
          );
    }),
  sign: ([x]) => x,
  isZero: zeroIfFirst,
  evaluate: ([{ data, shape: from }], { starts, steps }, shape) => {
    const strides = stridesOf(from);
    const size = product(shape);
    const result = data instanceof Float32Array ? new Float32Array(size) : new Float64Array(size);
    const first = starts.reduce((sum, start, axis) => sum + start * strides[axis]!, 0);
    const taken = strides.map((stride, axis) => stride * steps[axis]!);
    forEachBroadcast(shape, [taken], (at, [offset]) => {
      result[at] = data[first + offset!]!;
    });
    return { data: result, shape };
  },
};
