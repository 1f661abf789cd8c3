import { permuteTensor } from '../../tensor/permute-tensor.js';
import { formatShape } from '../../tensor/shape.js';
import { zeroIfFirst, type Primitive } from './primitive.js';
import { misfit } from './shape-rules.js';

/** Axis `i` of the value is axis `permutation[i]` of the operand. */
export const transpose: Primitive<{ readonly permutation: readonly number[] }> = {
  operands: 1,
  isElementwise: false,
  isFolded: true,
  shape: ([x], { permutation }, kind) => {
    if (permutation.length !== x.length || new Set(permutation).size !== x.length)
      misfit(
        kind,
        `[${permutation.join(', ')}] is no permutation of the axes of ${formatShape(x)}.`,
      );
    return permutation.map(
      (axis) => x[axis] ?? misfit(kind, `axis ${axis} is not in ${formatShape(x)}.`),
    );
  },
  sign: ([x]) => x,
  isZero: zeroIfFirst,
  evaluate: ([x], { permutation }) => permuteTensor(x, permutation),
};
