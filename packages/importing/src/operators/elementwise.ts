import type { Parameter, PointwiseFunction } from '@patternlens/core/network';
import { activate, type Activation } from '../layers/activation.js';
import { addConstant, besideConstants, pair, scale, sum } from '../layers/elementwise.js';
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
import { mapped } from '../layers/parameters.js';
import { evenRanks, operands, valueAt } from './operands.js';

const isInfinite = (value: number): boolean => Math.abs(value) === Infinity;

/** A value and a constant, of which what is infinite (a mask before a softmax, say) takes the value's place. */
function shift(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  constant: Parameter,
): RuntimeValue {
  if (!constant.tensor.data.some(isInfinite)) return addConstant(context, place, x, constant);
  const finite = mapped(constant, (value) => (isInfinite(value) ? 0 : value));
  const shifted = finite.tensor.data.some((value) => value !== 0)
    ? addConstant(context, place.part('finite'), x, { tensor: finite.tensor })
    : x;
  const mask = mapped(constant, (value) => Number(!isInfinite(value)));
  return besideConstants(context, place, 'mask-constant', [shifted], {}, { mask, value: constant });
}

export const add: Operation = (node, context) => {
  const { x, other } = operands(context, node);
  return plus(context, node, x, other);
};

/** A value and another, or a constant, which have as many axes. */
export function plus(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  other: RuntimeValue | ConstantValue,
): RuntimeValue {
  return other.kind === 'runtime'
    ? sum(context, place, [x, other])
    : shift(context, place, x, parameterOf(other));
}

/** One value less another, or less a constant. */
export function difference(context: ImportContext, node: NodeView, place: Place): RuntimeValue {
  const { x, other, constantFirst } = operands(context, node);
  if (other.kind === 'runtime') return sum(context, place, [x, other], [1, -1]);
  const constant = parameterOf(other);
  const negative = scalarParameter(-1);
  if (!constantFirst)
    return shift(
      context,
      place,
      x,
      mapped(constant, (value) => -value),
    );
  return constant.tensor.data.some(isInfinite)
    ? shift(context, place, scale(context, place.part('negative'), x, negative), constant)
    : scale(context, place, x, negative, constant);
}

export const subtract: Operation = (node, context) => difference(context, node, node);

export const multiply: Operation = (node, context) => {
  const { x, other } = operands(context, node);
  return other.kind === 'runtime'
    ? pair(context, node, 'product', [x, other])
    : scale(context, node, x, parameterOf(other));
};

export const inverse = (context: ImportContext, place: Place, x: RuntimeValue): RuntimeValue =>
  context.layer(place.part('reciprocal'), 'pointwise', [x], { function: 'reciprocal' });

export const divide: Operation = (node, context) => {
  const { x, other, constantFirst } = operands(context, node);
  if (other.kind === 'runtime') return pair(context, node, 'quotient', [x, other]);
  const constant = parameterOf(other);
  if (constantFirst) return scale(context, node, inverse(context, node, x), constant);
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
  const { x, other, constantFirst } = operands(context, node);
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
    : besideConstants(context, node, 'power', [x], {}, { exponent: constant });
};

/** The sum of all inputs; constants among them are added one by one.
 * @param place Of the sum of what is computed. */
export function total(context: ImportContext, node: NodeView, place: Place): RuntimeValue {
  const values = evenRanks(
    context,
    node,
    node.inputs.map((_, index) => valueAt(node, index)),
  );
  const computed = values.filter((value) => value.kind === 'runtime');
  const constants = values.filter((value) => value.kind === 'constant');
  if (computed.length === 0) node.unsupported('it adds what is not a value of the network.');
  const joint = computed.length === 1 ? computed[0]! : sum(context, place, computed);
  return constants.reduce(
    (before, value, index) =>
      shift(context, node.part(`constant-${index}`), before, parameterOf(value)),
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
