import {
  build,
  choice,
  clipBetween,
  comparisons,
  division,
  elementwise,
  extrema,
  QUANTISED,
  SAMPLES_ALONE,
  scalarParameter,
  shapeOf,
  smooth,
  steps,
  type NumberType,
  type Operation,
  type RuntimeValue,
} from '@patternlens/importing';
import { activationNamed } from '../activation-names.js';
import type { TfjsNode } from './node-view.js';

type TfjsOperation = Operation<TfjsNode>;

const { activationOf, pointwise, total } = elementwise;

const named = (name: string): TfjsOperation => activationOf(() => activationNamed(name)!);

const squaredDifference: TfjsOperation = (node, context) => {
  const difference = elementwise.difference(context, node, node.part('difference'));
  return build.pair(context, node, 'product', [difference, difference]);
};

const inverseRoot: TfjsOperation = (node, context) => {
  const attributes = { function: 'sqrt' } as const;
  const root = context.layer(node.part('root'), 'pointwise', [node.runtime(0)], attributes);
  return context.layer(node, 'pointwise', [root], { function: 'reciprocal' });
};

const limitOf = (node: TfjsNode, index: number, what: string): number =>
  node.constant(index, what).tensor.data[0] ?? node.invalid(`its ${what} is empty.`);

const pass: TfjsOperation = (node) => node.input(0);

/** Trained for quantisation; TensorFlow.js passes the value as it is too. */
const fakeQuantised: TfjsOperation = (node, context) => {
  context.tell(QUANTISED);
  return node.runtime(0);
};

const FLOATS = ['DT_FLOAT', 'DT_HALF', 'DT_DOUBLE', 'DT_BFLOAT16'];

/** What numbers of a type are, by TensorFlow's name of it. */
export function typeNamed(name: string): NumberType {
  if (name === 'DT_BOOL') return 'boolean';
  return FLOATS.includes(name) ? 'float' : 'integer';
}

const cast: TfjsOperation = (node, context) => {
  const [from, to] = [typeNamed(node.type('SrcT')), typeNamed(node.type('DstT'))];
  return to === 'float' || from === to ? node.runtime(0) : steps.castTo(context, node, from, to);
};

/** Between limits that may be computed. */
const clip: TfjsOperation = (node, context) =>
  [1, 2].some((index) => node.inputs[index]?.kind === 'runtime')
    ? extrema.clipByValues(node, context)
    : build.activate(
        context,
        node,
        node.runtime(0),
        clipBetween(limitOf(node, 1, 'minimum'), limitOf(node, 2, 'maximum')),
      );

/** How the size of a number is to infinity. */
const sizeTo =
  (relation: 'equal' | 'less'): TfjsOperation =>
  (node, context) => {
    const abs = { function: 'abs' } as const;
    const size = context.layer(node.part('abs'), 'pointwise', [node.runtime(0)], abs);
    return comparisons.compareTo(context, node, size, relation, scalarParameter(Infinity));
  };

/** `Select`, whose condition may be a list of one truth for each entry of the first axis: those are samples. */
const select: TfjsOperation = (node, context) => {
  const [condition, chosen] = [node.input(0), node.input(1)].map((value) => shapeOf(value));
  if (condition!.length === 1 && chosen!.length > 1)
    node.unsupported('it chooses whole samples.', SAMPLES_ALONE);
  return choice.where(node, context);
};

export const elementwiseOperations: Readonly<Record<string, TfjsOperation>> = {
  AddN: (node, context) => total(context, node, node),
  AddV2: elementwise.add,
  Cast: cast,
  ClipByValue: clip,
  DivNoNan: division.divideOrZero,
  Elu: named('elu'),
  Expm1: (node, context) => {
    const power = elementwise.pointwise('exp')(node, context) as RuntimeValue;
    return build.addConstant(context, node.part('less-one'), power, scalarParameter(-1));
  },
  FloorDiv: division.wholeQuotient('floor'),
  FloorMod: division.remainder('floor'),
  GreaterEqual: comparisons.comparison('greaterOrEqual'),
  FakeQuantWithMinMaxVars: fakeQuantised,
  Identity: pass,
  Inv: pointwise('reciprocal'),
  IsFinite: sizeTo('less'),
  IsInf: sizeTo('equal'),
  IsNan: comparisons.isNaN,
  LeakyRelu: activationOf((node: TfjsNode) =>
    smooth({ function: 'leaky-rectifier', slope: node.float('alpha', 0.2) }),
  ),
  LessEqual: comparisons.comparison('lessOrEqual'),
  Log1p: (node, context) => {
    const shifted = build.addConstant(
      context,
      node.part('and-one'),
      node.runtime(0),
      scalarParameter(1),
    );
    return context.layer(node, 'pointwise', [shifted], { function: 'log' });
  },
  LogicalAnd: comparisons.and,
  LogicalNot: comparisons.not,
  LogicalOr: comparisons.or,
  LogSoftmax: named('log_softmax'),
  Maximum: extrema.maximum,
  Minimum: extrema.minimum,
  Mod: division.remainder('floor'),
  NotEqual: comparisons.comparison('notEqual'),
  Prelu: (node, context) =>
    build.rectifyByParameter(context, node, node.runtime(0), node.parameter(1, 'slope')),
  RealDiv: elementwise.divide,
  Relu6: named('relu6'),
  Rsqrt: inverseRoot,
  Select: select,
  SelectV2: choice.where,
  Selu: named('selu'),
  Snapshot: pass,
  Softmax: named('softmax'),
  Square: elementwise.square,
  SquaredDifference: squaredDifference,
  StopGradient: pass,
};
