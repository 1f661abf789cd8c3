import type { PointwiseFunction } from '@patternlens/core';
import { activate, activationNamed, clipBetween, type Activation } from '../build/activation.js';
import { addConstant, beside, mapped, pair, scalar, scale, sum } from '../build/elementwise.js';
import type { ImportContext } from '../import-context.js';
import type { ConstantValue, RuntimeValue } from '../values.js';
import { parameterOf } from './known-values.js';
import type { NodeView } from './node-view.js';
import type { Operation } from './operation.js';

interface Operands {
  /** The computed one, or the first of two. */
  readonly x: RuntimeValue;
  readonly other: RuntimeValue | ConstantValue;
  readonly constantFirst: boolean;
}

/** A constant may have more axes than the value beside it only where that is what TensorFlow would give back. */
function operands(node: NodeView): Operands {
  const a = node.input(0),
    b = node.input(1);
  if (a.kind === 'sizes' || b.kind === 'sizes')
    return node.unsupported('it computes with a size that depends on the batch.');
  if (a.kind === 'runtime') return { x: a, other: b, constantFirst: false };
  return b.kind === 'runtime'
    ? { x: b, other: a, constantFirst: true }
    : node.unsupported('both its inputs are constants.');
}

const add: Operation = (node, context) => {
  const { x, other } = operands(node);
  return other.kind === 'runtime'
    ? sum(context, node, [x, other])
    : addConstant(context, node, x, parameterOf(other));
};

const subtract: Operation = (node, context) => {
  const { x, other, constantFirst } = operands(node);
  if (other.kind === 'runtime') return sum(context, node, [x, other], { signs: [1, -1] });
  const constant = parameterOf(other);
  return constantFirst
    ? scale(context, node, x, { weights: scalar(-1), bias: constant })
    : addConstant(
        context,
        node,
        x,
        mapped(constant, (value) => -value),
      );
};

const multiply: Operation = (node, context) => {
  const { x, other } = operands(node);
  return other.kind === 'runtime'
    ? pair(context, node, 'product', [x, other])
    : scale(context, node, x, { weights: parameterOf(other) });
};

const pointwise = (
  context: ImportContext,
  node: NodeView,
  x: RuntimeValue,
  name: PointwiseFunction,
  word?: string,
): RuntimeValue =>
  context.layer(
    node,
    'pointwise',
    { inputs: [x], attributes: { function: name }, word },
    x.channelsFirst,
  );

const divide: Operation = (node, context) => {
  const { x, other, constantFirst } = operands(node);
  if (other.kind === 'runtime') return pair(context, node, 'quotient', [x, other]);
  const constant = parameterOf(other);
  if (constantFirst)
    return scale(context, node, pointwise(context, node, x, 'reciprocal', 'reciprocal'), {
      weights: constant,
    });
  if (constant.tensor.data.includes(0)) node.invalid('it divides by a constant 0.');
  return scale(context, node, x, { weights: mapped(constant, (value) => 1 / value) });
};

/** The larger or smaller of two values; a limit that is one number makes a clip of it. */
const extremum =
  (kind: 'maximum' | 'minimum'): Operation =>
  (node, context) => {
    const { x, other } = operands(node);
    if (other.kind === 'runtime') return pair(context, node, kind, [x, other]);
    const { data } = other.tensor;
    if (data.length !== 1)
      return node.unsupported('it compares with a constant that is not one number.');
    const limits =
      kind === 'maximum' ? ([data[0]!, Infinity] as const) : ([-Infinity, data[0]!] as const);
    return activate(context, node, x, clipBetween(...limits), false);
  };

const power: Operation = (node, context) => {
  const { x, other, constantFirst } = operands(node);
  if (other.kind === 'runtime') return pair(context, node, 'power', [x, other]);
  if (constantFirst) return node.unsupported('its base is a constant.');
  const exponent = parameterOf(other);
  if (exponent.tensor.data.length === 1 && exponent.tensor.data[0] === 2)
    return pair(context, node, 'product', [x, x]);
  return context.layer(
    node,
    'power',
    { inputs: [x], attributes: {}, parameters: { exponent: beside(node, exponent, x) } },
    x.channelsFirst,
  );
};

const squaredDifference: Operation = (node, context) => {
  const { x, other } = operands(node);
  const difference =
    other.kind === 'runtime'
      ? sum(context, node, [x, other], { signs: [1, -1], word: 'difference' })
      : addConstant(
          context,
          node,
          x,
          mapped(parameterOf(other), (value) => -value),
          'difference',
        );
  return pair(context, node, 'product', [difference, difference]);
};

/** The sum of any number of values. */
const addAll: Operation = (node, context) => {
  const values = node.inputs.map((_, index) => node.input(index));
  const computed = values.filter((value) => value.kind === 'runtime');
  const constants = values.filter((value) => value.kind === 'constant');
  const [first, ...rest] = computed;
  if (!first || computed.length + constants.length !== values.length)
    return node.unsupported('it adds what is not a value of the network.');
  const total = rest.length === 0 ? first : sum(context, node, computed);
  return constants.reduce(
    (before, value) => addConstant(context, node, before, parameterOf(value), 'constant'),
    total,
  );
};

const unary =
  (of: (node: NodeView) => Activation): Operation =>
  (node, context) =>
    activate(context, node, node.runtime(0), of(node), false);

const named = (name: string): Operation => unary(() => activationNamed(name)!);

const function_ =
  (name: PointwiseFunction): Operation =>
  (node, context) =>
    pointwise(context, node, node.runtime(0), name);

const prelu: Operation = (node, context) => {
  const x = node.runtime(0);
  return context.layer(
    node,
    'activation',
    {
      inputs: [x],
      attributes: { function: 'parametric-rectifier' },
      parameters: { slope: beside(node, node.parameter(1, 'slope'), x) },
    },
    x.channelsFirst,
  );
};

const limitOf = (node: NodeView, index: number, what: string): number =>
  node.constant(index, what).tensor.data[0] ?? node.invalid(`its ${what} is empty.`);

const pass: Operation = (node) => node.input(0);

const cast: Operation = (node) => {
  const to = node.type('DstT');
  return ['DT_FLOAT', 'DT_HALF', 'DT_DOUBLE', 'DT_BFLOAT16'].includes(to)
    ? node.runtime(0)
    : node.unsupported(`it casts computed values to ${to}.`);
};

export const elementwiseOperations: Readonly<Record<string, Operation>> = {
  Abs: function_('abs'),
  Add: add,
  AddN: addAll,
  AddV2: add,
  Cast: cast,
  ClipByValue: unary((node) =>
    clipBetween(limitOf(node, 1, 'minimum'), limitOf(node, 2, 'maximum')),
  ),
  Div: divide,
  Elu: named('elu'),
  Erf: function_('erf'),
  Exp: function_('exp'),
  Identity: pass,
  Inv: function_('reciprocal'),
  LeakyRelu: unary((node) => ({
    kind: 'activation',
    attributes: { function: 'leaky-rectifier', slope: node.float('alpha', 0.2) },
  })),
  Log: function_('log'),
  LogSoftmax: named('log_softmax'),
  Maximum: extremum('maximum'),
  Minimum: extremum('minimum'),
  Mul: multiply,
  Neg: (node, context) => scale(context, node, node.runtime(0), { weights: scalar(-1) }),
  Pow: power,
  Prelu: prelu,
  RealDiv: divide,
  Reciprocal: function_('reciprocal'),
  Relu: named('relu'),
  Relu6: named('relu6'),
  Rsqrt: (node, context) =>
    pointwise(
      context,
      node,
      pointwise(context, node, node.runtime(0), 'sqrt', 'root'),
      'reciprocal',
    ),
  Selu: named('selu'),
  Sigmoid: named('sigmoid'),
  Snapshot: pass,
  Softmax: named('softmax'),
  Softplus: named('softplus'),
  Softsign: named('softsign'),
  Sqrt: function_('sqrt'),
  Square: (node, context) => pair(context, node, 'product', [node.runtime(0), node.runtime(0)]),
  SquaredDifference: squaredDifference,
  StopGradient: pass,
  Sub: subtract,
  Tanh: named('tanh'),
};
