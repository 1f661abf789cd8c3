import type { PointwiseFunction } from '@patternlens/core/network';
import { activate, clipBetween, type Activation } from '../layers/activation.js';
import { addConstant, joined, pair, scale, sum } from '../layers/elementwise.js';
import type { ImportContext } from '../network/import-context.js';
import type { NodeView } from '../place/node-view.js';
import type { Place } from '../place/place.js';
import {
  parameterOf,
  scalarParameter,
  type ConstantValue,
  type RuntimeValue,
} from '../values/values.js';
import type { Operation } from '../walk/operation.js';
import { mapped, beside } from '../layers/parameters.js';

interface Operands {
  /** The computed one, or the first of two. */
  readonly x: RuntimeValue;
  readonly other: RuntimeValue | ConstantValue;
  readonly constantFirst: boolean;
}

/** The computed one of two operands, the other, and which came first. */
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

export const add: Operation = (node, context) => {
  const { x, other } = operands(node);
  return other.kind === 'runtime'
    ? sum(context, node, [x, other])
    : addConstant(context, node, x, parameterOf(other));
};

/** One value less another, or less a constant. */
export function difference(context: ImportContext, node: NodeView, place: Place): RuntimeValue {
  const { x, other, constantFirst } = operands(node);
  if (other.kind === 'runtime') return sum(context, place, [x, other], [1, -1]);
  const constant = parameterOf(other);
  return constantFirst
    ? scale(context, place, x, scalarParameter(-1), constant)
    : addConstant(
        context,
        place,
        x,
        mapped(constant, (value) => -value),
      );
}

export const subtract: Operation = (node, context) => difference(context, node, node);

export const multiply: Operation = (node, context) => {
  const { x, other } = operands(node);
  return other.kind === 'runtime'
    ? pair(context, node, 'product', [x, other])
    : scale(context, node, x, parameterOf(other));
};

export const divide: Operation = (node, context) => {
  const { x, other, constantFirst } = operands(node);
  if (other.kind === 'runtime') return pair(context, node, 'quotient', [x, other]);
  const constant = parameterOf(other);
  if (constantFirst) {
    const attributes = { function: 'reciprocal' } as const;
    const inverse = context.layer(node.part('reciprocal'), 'pointwise', [x], attributes);
    return scale(context, node, inverse, constant);
  }
  if (constant.tensor.data.includes(0))
    node.invalid('it divides by a constant 0.', 'Look at how the model was made.');
  return scale(
    context,
    node,
    x,
    mapped(constant, (value) => 1 / value),
  );
};

export const power: Operation = (node, context) => {
  const { x, other, constantFirst } = operands(node);
  if (other.kind === 'runtime') return pair(context, node, 'power', [x, other]);
  const constant = parameterOf(other);
  const { data } = constant.tensor;
  if (constantFirst) {
    if (data.some((base) => base <= 0)) node.unsupported('a constant base that is not positive.');
    const logarithm = scale(context, node.part('logarithm'), x, mapped(constant, Math.log));
    return context.layer(node, 'pointwise', [logarithm], { function: 'exp' });
  }
  return data.length === 1 && data[0] === 2
    ? pair(context, node, 'product', [x, x])
    : context.layer(node, 'power', [x], {}, { exponent: beside(node, constant, x) });
};

/** Computed values and constants among the inputs; undefined where there is a size that depends on the batch. */
function apart(
  node: NodeView,
): { computed: readonly RuntimeValue[]; constants: readonly ConstantValue[] } | undefined {
  const values = node.inputs.map((_, index) => node.input(index));
  const computed = values.filter((value) => value.kind === 'runtime');
  const constants = values.filter((value) => value.kind === 'constant');
  return computed.length + constants.length === values.length ? { computed, constants } : undefined;
}

/** The larger or smaller of any number of values; a limit that is one number makes a clip of it. */
function extremum(kind: 'maximum' | 'minimum'): Operation {
  return (node, context) => {
    const { computed, constants } =
      apart(node) ?? node.unsupported('it compares a size that depends on the batch.');
    if (constants.some(({ tensor }) => tensor.data.length !== 1))
      node.unsupported('it compares with a constant that is not one number.');
    if (computed.length === 0) node.unsupported('all its inputs are constants.');
    if (constants.length === 0 && computed.length > 1) return joined(context, node, kind, computed);
    const last = node.part(`${kind}-${computed.length - 1}`);
    const value = joined(context, node, kind, computed, last);
    const numbers = constants.map(({ tensor }) => tensor.data[0]!);
    return activate(
      context,
      node,
      value,
      kind === 'maximum'
        ? clipBetween(Math.max(...numbers), Infinity)
        : clipBetween(-Infinity, Math.min(...numbers)),
    );
  };
}

export const maximum = extremum('maximum');
export const minimum = extremum('minimum');

/** The sum of all inputs; constants among them are added one by one.
 * @param place Of the sum of what is computed. */
export function total(context: ImportContext, node: NodeView, place: Place): RuntimeValue {
  const { computed, constants } = apart(node) ?? { computed: [], constants: [] };
  if (computed.length === 0) node.unsupported('it adds what is not a value of the network.');
  const joint = computed.length === 1 ? computed[0]! : sum(context, place, computed);
  return constants.reduce(
    (before, value, index) =>
      addConstant(context, node.part(`constant-${index}`), before, parameterOf(value)),
    joint,
  );
}

/** A layer that applies a function to every value. */
export const pointwise =
  (name: PointwiseFunction): Operation =>
  (node, context) =>
    context.layer(node, 'pointwise', [node.runtime(0)], { function: name });

/** A layer of an activation, which a node's attributes may say more about. */
export const activationOf =
  <N extends NodeView>(read: (node: N) => Activation): Operation<N> =>
  (node, context) =>
    activate(context, node, node.runtime(0), read(node));

export const negate: Operation = (node, context) =>
  scale(context, node, node.runtime(0), scalarParameter(-1));

export const square: Operation = (node, context) =>
  pair(context, node, 'product', [node.runtime(0), node.runtime(0)]);
