import { besideConstants, scale, sum, together } from '../layers/elementwise.js';
import { mapped } from '../layers/parameters.js';
import type { Parameter } from '@patternlens/core/network';
import type { ImportContext } from '../network/import-context.js';
import type { NodeView } from '../place/node-view.js';
import { parameterOf, type ConstantValue, type RuntimeValue } from '../values/values.js';
import type { Operation } from '../walk/operation.js';
import { evenRanks, valueAt } from './operands.js';

type Value = RuntimeValue | ConstantValue;

/** A choice by a mask that is in the file: between a value and a constant, or between two values. */
function byConstant(
  context: ImportContext,
  node: NodeView,
  condition: ConstantValue,
  [a, b]: readonly [Value, Value],
): RuntimeValue {
  const chosen = mapped(parameterOf(condition), (holds) => Number(holds !== 0));
  const inverse = mapped(parameterOf(condition), (holds) => Number(holds === 0));
  if (a.kind === 'runtime' && b.kind === 'runtime') {
    const left = scale(context, node.part('chosen'), a, chosen);
    return sum(context, node, [left, scale(context, node.part('other'), b, inverse)]);
  }
  const [x, constant] = a.kind === 'runtime' ? [a, b] : [b, a];
  if (x.kind !== 'runtime' || constant.kind !== 'constant')
    return node.unsupported('both its inputs are constants.');
  const mask = x === a ? chosen : inverse;
  const value = parameterOf(constant);
  return besideConstants(context, node, 'mask-constant', [x], {}, { mask, value });
}

/** The second input where the first, the condition, holds, else the third; each of them may be computed. */
export const where: Operation = (node, context) => {
  const values = [0, 1, 2].map((index) => valueAt(node, index));
  const [condition, a, b] = evenRanks(context, node, values) as [Value, Value, Value];
  if (condition.kind === 'constant') return byConstant(context, node, condition, [a, b]);
  const computed = together(
    context,
    node,
    [condition, a, b].filter((value) => value.kind === 'runtime'),
  );
  const constant = (value: Value): Parameter | undefined =>
    value.kind === 'constant' ? parameterOf(value) : undefined;
  const constants = { chosen: constant(a), other: constant(b) };
  return besideConstants(context, node, 'choice', computed, {}, constants);
};
