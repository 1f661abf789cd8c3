import { isBatch } from '../../tensor/shape.js';
import { filled } from '../../tensor/tensor.js';
import { signOfNumbers, unionOfSigns } from '../sign.js';
import { placeBlock } from './place-block.js';
import type { Primitive } from './primitive.js';
import { misfit } from './shape-rules.js';

export interface PadAttributes {
  readonly begin: readonly number[];
  readonly end: readonly number[];
  readonly value: number;
}

/** Pads the operand with a number, before and behind each axis. */
export const pad: Primitive<PadAttributes> = {
  operands: 1,
  isElementwise: false,
  isFolded: false,
  shape: ([x], { begin, end }, kind) =>
    x.map((dim, axis) => {
      const extra = begin[axis]! + end[axis]!;
      if (begin[axis]! < 0 || end[axis]! < 0) misfit(kind, 'pads must not be negative.');
      if (!isBatch(dim)) return dim + extra;
      return extra === 0 ? dim : misfit(kind, 'the batch axis cannot be padded.');
    }),
  sign: ([x], { value }) => unionOfSigns(x, signOfNumbers([value])),
  isZero: ([x], { value }) => x && value === 0,
  evaluate: ([x], { begin, value }, shape) => {
    const result = filled(shape, value);
    placeBlock(result, x, begin);
    return result;
  },
};
