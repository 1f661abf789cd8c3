import type { Operation } from '../program/operation.js';

/** What is known of all entries of a value: the bounds of the interval that they lie in, open at 0 where `strict`. */
export interface Sign {
  readonly canBeNegative: boolean;
  readonly canBeZero: boolean;
  readonly canBePositive: boolean;
}

export const ANY: Sign = { canBeNegative: true, canBeZero: true, canBePositive: true };
export const NOT_NEGATIVE: Sign = { canBeNegative: false, canBeZero: true, canBePositive: true };

export const isZero = (sign: Sign): boolean => !sign.canBeNegative && !sign.canBePositive;
export const isNotNegative = (sign: Sign): boolean => !sign.canBeNegative;
export const isNotPositive = (sign: Sign): boolean => !sign.canBePositive;
export const isPositive = (sign: Sign): boolean => !sign.canBeNegative && !sign.canBeZero;

export function signOfNumbers(values: ArrayLike<number>): Sign {
  let canBeNegative = false,
    canBeZero = false,
    canBePositive = false;
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    // NaN compares with nothing, so it makes every sign possible.
    if (!(value >= 0)) canBeNegative = true;
    if (!(value <= 0)) canBePositive = true;
    if (value === 0) canBeZero = true;
  }
  return { canBeNegative, canBeZero, canBePositive };
}

const union = (a: Sign, b: Sign): Sign => ({
  canBeNegative: a.canBeNegative || b.canBeNegative,
  canBeZero: a.canBeZero || b.canBeZero,
  canBePositive: a.canBePositive || b.canBePositive,
});

const withZero = (sign: Sign): Sign => ({ ...sign, canBeZero: true });

const negated = (sign: Sign): Sign => ({
  ...sign,
  canBeNegative: sign.canBePositive,
  canBePositive: sign.canBeNegative,
});

function sum(a: Sign, b: Sign): Sign {
  const canBeNegative = a.canBeNegative || b.canBeNegative;
  const canBePositive = a.canBePositive || b.canBePositive;
  return {
    canBeNegative,
    canBePositive,
    canBeZero: (canBeNegative && canBePositive) || (a.canBeZero && b.canBeZero),
  };
}

/** A product that is not zero in exact arithmetic can still be rounded to zero. */
const productSign = (a: Sign, b: Sign): Sign => ({
  canBeZero: true,
  canBePositive: (a.canBePositive && b.canBePositive) || (a.canBeNegative && b.canBeNegative),
  canBeNegative: (a.canBePositive && b.canBeNegative) || (a.canBeNegative && b.canBePositive),
});

/** What is known of an operation's value from its operands' signs. A sum over several entries may be empty, so it may be zero. */
export function signOf(operation: Operation, operands: readonly Sign[]): Sign {
  const [a = ANY, b = ANY, c = ANY] = operands;
  switch (operation.kind) {
    case 'relu':
      return {
        canBeNegative: false,
        canBeZero: a.canBeZero || a.canBeNegative,
        canBePositive: a.canBePositive,
      };
    case 'abs':
      return {
        canBeNegative: false,
        canBeZero: a.canBeZero,
        canBePositive: a.canBePositive || a.canBeNegative,
      };
    case 'exp':
    case 'sigmoid':
    case 'sqrt':
    case 'compare':
    case 'oneHot':
    case 'argMax':
    case 'poolSwitches':
      return NOT_NEGATIVE;
    case 'neg':
      return negated(a);
    case 'tanh':
    case 'erf':
    case 'reshape':
    case 'transpose':
    case 'broadcast':
    case 'slice':
    case 'gather':
    case 'maxPool':
    case 'reduceMax':
      return a;
    case 'pad':
      return union(a, signOfNumbers([operation.value]));
    case 'concat':
      return operands.reduce(union);
    case 'add':
      return sum(a, b);
    case 'sub':
      return sum(a, negated(b));
    case 'mul':
    case 'div':
    case 'safeDiv':
      return productSign(a, b);
    case 'matmul':
    case 'conv':
    case 'convInputGradient':
    case 'convWeightGradient':
    case 'unpool':
    case 'poolBySwitches':
      return withZero(productSign(a, b));
    case 'reduceSum':
    case 'avgPool':
    case 'avgPoolInputGradient':
      return withZero(a);
    case 'min':
      return {
        canBeNegative: a.canBeNegative || b.canBeNegative,
        canBeZero: a.canBeZero || b.canBeZero,
        canBePositive: a.canBePositive && b.canBePositive,
      };
    case 'max':
      return {
        canBeNegative: a.canBeNegative && b.canBeNegative,
        canBeZero: a.canBeZero || b.canBeZero,
        canBePositive: a.canBePositive || b.canBePositive,
      };
    case 'select':
      return union(b, c);
    case 'input':
    case 'constant':
    case 'log':
    case 'pow':
      return operation.kind === 'constant' ? signOfNumbers(operation.value.data) : ANY;
  }
}
