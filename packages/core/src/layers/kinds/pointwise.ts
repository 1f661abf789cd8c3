import type { ProgramBuilder, Value } from '../../program/program-builder.js';
import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition } from '../layer-definition.js';
import { elementwiseReach } from '../reach/reach.js';

/** Functions of one value, element by element, through which only gradients pass. */
export type PointwiseFunction = 'abs' | 'exp' | 'log' | 'sqrt' | 'erf' | 'reciprocal';

interface Pointwise {
  readonly value: (ops: ProgramBuilder, x: Value) => Value;
  readonly derivative: (ops: ProgramBuilder, x: Value, y: Value) => Value;
}

const functions: { readonly [F in PointwiseFunction]: Pointwise } = {
  abs: {
    value: (ops, x) => ops.abs(x),
    derivative: (ops, x) => ops.sub(ops.isPositive(x), ops.compare(x, 'less', ops.scalar(0))),
  },
  exp: { value: (ops, x) => ops.exp(x), derivative: (_ops, _x, y) => y },
  log: { value: (ops, x) => ops.log(x), derivative: (ops, x) => ops.div(ops.scalar(1), x) },
  sqrt: { value: (ops, x) => ops.sqrt(x), derivative: (ops, _x, y) => ops.div(ops.scalar(0.5), y) },
  erf: {
    value: (ops, x) => ops.erf(x),
    derivative: (ops, x) =>
      ops.mul(ops.exp(ops.neg(ops.mul(x, x))), ops.scalar(2 / Math.sqrt(Math.PI))),
  },
  reciprocal: {
    value: (ops, x) => ops.div(ops.scalar(1), x),
    derivative: (ops, _x, y) => ops.neg(ops.mul(y, y)),
  },
};

export const pointwise: LayerDefinition<{ readonly function: PointwiseFunction }> = {
  group: 'other',
  title: (attributes) => attributes.function,
  axisOrder: 'unknown',
  forward: ({ attributes }, { ops, inputs }) =>
    functions[attributes.function].value(ops, inputs[0]!),
  gradient: ({ attributes }, { ops, inputs }, output, r) => [
    ops.mul(r, functions[attributes.function].derivative(ops, inputs[0]!, output)),
  ],
  reach: elementwiseReach,
  expectedMagnitude: passedMagnitude,
};
