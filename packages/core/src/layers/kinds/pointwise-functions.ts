import type { ProgramBuilder, Value } from '../../program/program-builder.js';

/** Functions of one value, element by element, through which only gradients pass. */
export type PointwiseFunction =
  | 'abs'
  | 'exp'
  | 'log'
  | 'sqrt'
  | 'erf'
  | 'reciprocal'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'asin'
  | 'acos'
  | 'atan'
  | 'sinh'
  | 'cosh'
  | 'asinh'
  | 'acosh'
  | 'atanh'
  // Constant between their steps: no gradient passes.
  | 'floor'
  | 'ceil'
  | 'round'
  | 'truncate'
  | 'sign';

interface Pointwise {
  readonly value: (ops: ProgramBuilder, x: Value) => Value;
  readonly derivative: (ops: ProgramBuilder, x: Value, y: Value) => Value;
}

const one = (ops: ProgramBuilder): Value => ops.scalar(1);
const half = (ops: ProgramBuilder, x: Value): Value => ops.mul(x, ops.scalar(0.5));
const square = (ops: ProgramBuilder, x: Value): Value => ops.mul(x, x);
const inverse = (ops: ProgramBuilder, x: Value): Value => ops.div(one(ops), x);
const isNegative = (ops: ProgramBuilder, x: Value): Value => ops.compare(x, 'less', ops.scalar(0));
const sign = (ops: ProgramBuilder, x: Value): Value =>
  ops.sub(ops.isPositive(x), isNegative(ops, x));
const ceil = (ops: ProgramBuilder, x: Value): Value => ops.neg(ops.floor(ops.neg(x)));

const sinh = (ops: ProgramBuilder, x: Value): Value =>
  half(ops, ops.sub(ops.exp(x), ops.exp(ops.neg(x))));
const cosh = (ops: ProgramBuilder, x: Value): Value =>
  half(ops, ops.add(ops.exp(x), ops.exp(ops.neg(x))));

/** `sqrt(1 - x^2)` */
const cofunction = (ops: ProgramBuilder, x: Value): Value =>
  ops.sqrt(ops.sub(one(ops), square(ops, x)));

/** The angle of the point `(cofunction, x)`; the quotient is infinite at both ends, of which the arc tangent is right. */
const asin = (ops: ProgramBuilder, x: Value): Value => ops.atan(ops.div(x, cofunction(ops, x)));

/** The nearest whole number, of two that are as near the even one. */
function round(ops: ProgramBuilder, x: Value): Value {
  const below = ops.floor(x);
  const rest = ops.sub(x, below);
  const isOdd = ops.sub(below, ops.mul(ops.floor(half(ops, below)), ops.scalar(2)));
  const isTie = ops.compare(rest, 'equal', ops.scalar(0.5));
  const up = ops.compare(rest, 'greater', ops.scalar(0.5));
  return ops.add(below, ops.max(up, ops.mul(isTie, isOdd)));
}

/** A step function: its derivative is 0. */
const step = (value: Pointwise['value']): Pointwise => ({
  value,
  derivative: (ops, x) => ops.broadcast(ops.scalar(0), x.shape),
});

/** The value and the derivative of every function; where a derivative is infinite at a square root of 0, it is 0, so that the norm of a vector of zeros has
 * the gradient 0. */
export const pointwiseFunctions: { readonly [F in PointwiseFunction]: Pointwise } = {
  abs: { value: (ops, x) => ops.abs(x), derivative: sign },
  exp: { value: (ops, x) => ops.exp(x), derivative: (_ops, _x, y) => y },
  log: { value: (ops, x) => ops.log(x), derivative: inverse },
  sqrt: {
    value: (ops, x) => ops.sqrt(x),
    derivative: (ops, _x, y) => ops.safeDiv(ops.scalar(0.5), y),
  },
  erf: {
    value: (ops, x) => ops.erf(x),
    derivative: (ops, x) =>
      ops.mul(ops.exp(ops.neg(square(ops, x))), ops.scalar(2 / Math.sqrt(Math.PI))),
  },
  reciprocal: { value: inverse, derivative: (ops, _x, y) => ops.neg(square(ops, y)) },
  sin: { value: (ops, x) => ops.sin(x), derivative: (ops, x) => ops.cos(x) },
  cos: { value: (ops, x) => ops.cos(x), derivative: (ops, x) => ops.neg(ops.sin(x)) },
  tan: {
    value: (ops, x) => ops.div(ops.sin(x), ops.cos(x)),
    derivative: (ops, _x, y) => ops.add(one(ops), square(ops, y)),
  },
  asin: { value: asin, derivative: (ops, x) => inverse(ops, cofunction(ops, x)) },
  acos: {
    value: (ops, x) => ops.sub(ops.scalar(Math.PI / 2), asin(ops, x)),
    derivative: (ops, x) => ops.neg(inverse(ops, cofunction(ops, x))),
  },
  atan: {
    value: (ops, x) => ops.atan(x),
    derivative: (ops, x) => inverse(ops, ops.add(one(ops), square(ops, x))),
  },
  sinh: { value: sinh, derivative: cosh },
  cosh: { value: cosh, derivative: sinh },
  asinh: {
    // Of the absolute value: large negative numbers would cancel.
    value: (ops, x) => {
      const size = ops.abs(x);
      const root = ops.sqrt(ops.add(square(ops, x), one(ops)));
      return ops.mul(sign(ops, x), ops.log(ops.add(size, root)));
    },
    derivative: (ops, x) => inverse(ops, ops.sqrt(ops.add(square(ops, x), one(ops)))),
  },
  acosh: {
    value: (ops, x) => ops.log(ops.add(x, ops.sqrt(ops.sub(square(ops, x), one(ops))))),
    derivative: (ops, x) => inverse(ops, ops.sqrt(ops.sub(square(ops, x), one(ops)))),
  },
  atanh: {
    value: (ops, x) => half(ops, ops.log(ops.div(ops.add(one(ops), x), ops.sub(one(ops), x)))),
    derivative: (ops, x) => inverse(ops, ops.sub(one(ops), square(ops, x))),
  },
  floor: step((ops, x) => ops.floor(x)),
  ceil: step(ceil),
  round: step(round),
  truncate: step((ops, x) => ops.select(isNegative(ops, x), ceil(ops, x), ops.floor(x))),
  sign: step(sign),
};
