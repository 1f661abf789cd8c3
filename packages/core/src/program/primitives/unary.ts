import { mapTensor } from '../../tensor/broadcast.js';
import { ANY, NOT_NEGATIVE, negatedSign, withZero, type Sign } from '../sign.js';
import { erf } from './erf.js';
import { neverZero, zeroIfFirst, type NoAttributes, type Primitive } from './primitive.js';
import { sameAsOperand } from './shape-rules.js';

/** A function of one value, element by element. */
const elementwise = (
  apply: (x: number) => number,
  sign: (x: Sign) => Sign,
  isZero: typeof zeroIfFirst,
): Primitive<NoAttributes> => ({
  operands: 1,
  isElementwise: true,
  isFolded: true,
  shape: sameAsOperand,
  sign: ([x]) => sign(x),
  isZero,
  evaluate: ([x]) => mapTensor(x, apply),
});

const notNegative = (): Sign => NOT_NEGATIVE;
const same = (x: Sign): Sign => x;

export const unary = {
  neg: elementwise((x) => -x, negatedSign, zeroIfFirst),
  abs: elementwise(
    Math.abs,
    (x) => ({
      canBeNegative: false,
      canBeZero: x.canBeZero,
      canBePositive: x.canBePositive || x.canBeNegative,
    }),
    zeroIfFirst,
  ),
  exp: elementwise(Math.exp, notNegative, neverZero),
  log: elementwise(Math.log, () => ANY, neverZero),
  sqrt: elementwise(Math.sqrt, notNegative, zeroIfFirst),
  tanh: elementwise(Math.tanh, same, zeroIfFirst),
  sigmoid: elementwise((x) => 1 / (1 + Math.exp(-x)), notNegative, neverZero),
  erf: elementwise(erf, same, zeroIfFirst),
  sin: elementwise(Math.sin, () => ANY, zeroIfFirst),
  cos: elementwise(Math.cos, () => ANY, neverZero),
  atan: elementwise(Math.atan, same, zeroIfFirst),
  floor: elementwise(Math.floor, withZero, zeroIfFirst),
  relu: elementwise(
    (x) => Math.max(x, 0),
    (x) => ({
      canBeNegative: false,
      canBeZero: x.canBeZero || x.canBeNegative,
      canBePositive: x.canBePositive,
    }),
    zeroIfFirst,
  ),
};
