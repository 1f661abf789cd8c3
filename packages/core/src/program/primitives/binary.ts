import { zipTensors } from '../../tensor/broadcast.js';
import { ANY, negatedSign, signOfProduct, signOfSum, type Sign } from '../sign.js';
import {
  neverZero,
  zeroIfAny,
  zeroIfFirst,
  type NoAttributes,
  type Primitive,
} from './primitive.js';
import { broadcastShapes } from './shape-rules.js';

/** A function of two values, element by element; operands broadcast. */
const elementwise = (
  apply: (a: number, b: number) => number,
  sign: (a: Sign, b: Sign) => Sign,
  isZero: typeof zeroIfAny,
): Primitive<NoAttributes, 2> => ({
  operands: 2,
  isElementwise: true,
  isFolded: true,
  shape: (operands, _attributes, kind) => broadcastShapes(kind, operands),
  sign: ([a, b]) => sign(a, b),
  isZero,
  evaluate: ([a, b]) => zipTensors(a, b, apply),
});

export const binary = {
  add: elementwise((a, b) => a + b, signOfSum, neverZero),
  sub: elementwise(
    (a, b) => a - b,
    (a, b) => signOfSum(a, negatedSign(b)),
    neverZero,
  ),
  mul: elementwise((a, b) => a * b, signOfProduct, zeroIfAny),
  div: elementwise((a, b) => a / b, signOfProduct, zeroIfFirst),
  /** 0 where `b` is exactly 0. */
  safeDiv: elementwise((a, b) => (b === 0 ? 0 : a / b), signOfProduct, zeroIfAny),
  min: elementwise(
    Math.min,
    (a, b) => ({
      canBeNegative: a.canBeNegative || b.canBeNegative,
      canBeZero: a.canBeZero || b.canBeZero,
      canBePositive: a.canBePositive && b.canBePositive,
    }),
    neverZero,
  ),
  max: elementwise(
    Math.max,
    (a, b) => ({
      canBeNegative: a.canBeNegative && b.canBeNegative,
      canBeZero: a.canBeZero || b.canBeZero,
      canBePositive: a.canBePositive || b.canBePositive,
    }),
    neverZero,
  ),
  pow: elementwise(Math.pow, () => ANY, neverZero),
};
