import type { BinaryKind, Relation, UnaryKind } from '@patternlens/core';
import type { Emitter } from './emitter.js';

const UNARY_OPERATORS: Readonly<Record<UnaryKind, string>> = {
  neg: 'Neg',
  abs: 'Abs',
  exp: 'Exp',
  log: 'Log',
  sqrt: 'Sqrt',
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
  erf: 'Erf',
  relu: 'Relu',
};

const BINARY_OPERATORS: Readonly<Record<Exclude<BinaryKind, 'safeDiv'>, string>> = {
  add: 'Add',
  sub: 'Sub',
  mul: 'Mul',
  div: 'Div',
  min: 'Min',
  max: 'Max',
  pow: 'Pow',
};

const RELATIONS: Readonly<Record<Relation, string>> = {
  greater: 'Greater',
  greaterOrEqual: 'GreaterOrEqual',
  less: 'Less',
  lessOrEqual: 'LessOrEqual',
  equal: 'Equal',
};

export const unary: Emitter<UnaryKind> = (operation, { graph, operands: [x] }) => graph.node(UNARY_OPERATORS[operation.kind], [x!.floats()]);

export const binary: Emitter<Exclude<BinaryKind, 'safeDiv'>> = (operation, { graph, operands: [a, b] }) =>
  graph.node(BINARY_OPERATORS[operation.kind], [a!.floats(), b!.floats()]);

/** `r / (z + [z = 0])`, times `[z != 0]`: nothing is divided by zero, and no choice is made element by element, which runtimes are slow at. */
export const safeDiv: Emitter<'safeDiv'> = (_operation, { graph, operands: [r, z] }) => {
  const isZero = graph.node('Equal', [z!.floats(), graph.scalar(0)]);
  const safe = graph.node('Add', [z!.floats(), graph.node('Cast', [isZero], { to: 1 })]);
  const quotient = graph.node('Div', [r!.floats(), safe]);
  return graph.node('Mul', [quotient, graph.node('Cast', [graph.node('Not', [isZero])], { to: 1 })]);
};

export const compare: Emitter<'compare'> = ({ relation }, { graph, operands: [a, b] }) => ({
  booleans: graph.node(RELATIONS[relation], [a!.floats(), b!.floats()]),
});

export const select: Emitter<'select'> = (_operation, { graph, operands: [mask, a, b] }) =>
  graph.node('Where', [mask!.booleans(), a!.floats(), b!.floats()]);
