import type { BinaryKind, Relation, UnaryKind } from '@patternlens/core/backend';
import type { Emitter } from './emitter.js';
import { openMask } from './masks.js';
import type { Phases } from './quarters.js';

const UNARY_OPERATORS: Readonly<Record<UnaryKind, string>> = {
  neg: 'Neg',
  abs: 'Abs',
  exp: 'Exp',
  log: 'Log',
  sqrt: 'Sqrt',
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
  erf: 'Erf',
  sin: 'Sin',
  cos: 'Cos',
  atan: 'Atan',
  floor: 'Floor',
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

/** The same done to every quarter of an image. */
function quarterwise(
  phases: Phases,
  change: (quarter: string, at: number) => string,
): { phases: Phases } {
  return {
    phases: { ...phases, quarters: phases.quarters.map(change) as unknown as Phases['quarters'] },
  };
}

const bothBehind = (a: Phases, b: Phases): Phases => ({
  ...a,
  zerosBehind: a.zerosBehind && b.zerosBehind,
});

export const unary: Emitter<UnaryKind> = (operation, { graph, operands: [x] }) => {
  const operator = UNARY_OPERATORS[operation.kind];
  if (x!.phases && operation.kind === 'relu')
    return quarterwise(x!.phases, (quarter) => graph.node(operator, [quarter]));
  return graph.node(operator, [x!.floats()]);
};

export const binary: Emitter<Exclude<BinaryKind, 'safeDiv'>> = (
  operation,
  { graph, operands: [a, b] },
) => {
  const operator = BINARY_OPERATORS[operation.kind];
  if (operation.kind === 'add' && a!.phases && b!.phases)
    return quarterwise(bothBehind(a!.phases, b!.phases), (quarter, at) =>
      graph.node(operator, [quarter, b!.phases!.quarters[at]!]),
    );
  return graph.node(operator, [a!.floats(), b!.floats()]);
};

/** `r / (z + [z = 0])`, times `[z != 0]`: nothing is divided by zero, and no choice is made element by element, which runtimes are slow at. */
export const safeDiv: Emitter<'safeDiv'> = (_operation, { graph, operands: [r, z] }) => {
  const isZero = graph.node('Equal', [z!.floats(), graph.scalar(0)]);
  const safe = graph.node('Add', [z!.floats(), graph.node('Cast', [isZero], { to: 1 })]);
  const quotient = graph.node('Div', [r!.floats(), safe]);
  return graph.node('Mul', [
    quotient,
    graph.node('Cast', [graph.node('Not', [isZero])], { to: 1 }),
  ]);
};

export const compare: Emitter<'compare'> = ({ relation }, scope) => {
  const {
    graph,
    operands: [a, b],
  } = scope;
  const booleans = (): string => graph.node(RELATIONS[relation], [a!.floats(), b!.floats()]);
  const open =
    relation === 'greater' && b!.constant?.data.length === 1 && b!.constant.data[0] === 0;
  const floats = open ? openMask(scope, a!) : undefined;
  return floats ? { booleans, floats } : { booleans };
};

export const select: Emitter<'select'> = (_operation, { graph, operands: [mask, a, b] }) =>
  graph.node('Where', [mask!.booleans(), a!.floats(), b!.floats()]);
