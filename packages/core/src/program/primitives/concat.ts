import { formatShape, sameDim } from '../../tensor/shape.js';
import { filled } from '../../tensor/tensor.js';
import { unionOfSigns } from '../sign.js';
import { placeBlock } from './place-block.js';
import type { Primitive } from './primitive.js';
import { misfit } from './shape-rules.js';

/** Joins its operands along an axis. */
export const concat: Primitive<{ readonly axis: number }, 'any'> = {
  operands: 'any',
  isElementwise: false,
  isFolded: false,
  shape: (operands, { axis: joined }, kind) => {
    const first = operands[0]!;
    for (const shape of operands) {
      if (
        shape.length !== first.length ||
        shape.some((dim, axis) => axis !== joined && !sameDim(dim, first[axis]))
      ) {
        misfit(
          kind,
          `shapes ${operands.map(formatShape).join(' and ')} do not join at axis ${joined}.`,
        );
      }
    }
    const total = operands.reduce((sum, shape) => {
      const dim = shape[joined];
      return typeof dim === 'number' ? sum + dim : misfit(kind, 'cannot join at the batch axis.');
    }, 0);
    return first.map((dim, axis) => (axis === joined ? total : dim));
  },
  sign: (operands) => operands.reduce(unionOfSigns),
  isZero: (zeros) => zeros.every((zero) => zero),
  evaluate: (operands, { axis }, shape) => {
    const result = filled(shape, 0);
    let start = 0;
    for (const operand of operands) {
      placeBlock(
        result,
        operand,
        shape.map((_, at) => (at === axis ? start : 0)),
      );
      start += operand.shape[axis]!;
    }
    return result;
  },
};
