import {
  beside,
  build,
  elementwise,
  mapped,
  parameterOf,
  scalarParameter,
  type Operation,
} from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';

const sumOf: Operation<OnnxNode> = (node, context) => {
  const joint = node.inputs.every((input) => input?.kind === 'runtime') && node.inputs.length > 1;
  const total = elementwise.total(context, node, joint ? node : node.part('sum'));
  return joint ? total : context.layer(node, 'identity', [total], {});
};

const mean: Operation<OnnxNode> = (node, context) => {
  const total = elementwise.total(context, node, node.part('sum'));
  return build.scale(context, node, total, scalarParameter(1 / node.inputs.length));
};

/** A choice between a value and a constant, or between two values, by a mask that is in the file. */
const where: Operation<OnnxNode> = (node, context) => {
  const condition = node.parameter(0, 'condition');
  const a = node.input(1),
    b = node.input(2);
  if (a.kind === 'sizes' || b.kind === 'sizes')
    return node.unsupported('it chooses between sizes and values.');
  const chosen = mapped(condition, (holds) => Number(holds !== 0));
  const inverse = mapped(condition, (holds) => Number(holds === 0));
  if (a.kind === 'runtime' && b.kind === 'runtime') {
    const left = build.scale(context, node.part('chosen'), a, chosen);
    return build.sum(context, node, [left, build.scale(context, node.part('other'), b, inverse)]);
  }
  const [x, constant] = a.kind === 'runtime' ? [a, b] : [b, a];
  if (x.kind !== 'runtime' || constant.kind !== 'constant')
    return node.unsupported('both its inputs are constants.');
  const mask = beside(node, x === a ? condition : inverse, x);
  const value = beside(node, parameterOf(constant), x);
  return context.layer(node, 'mask-constant', [x], {}, { mask, value });
};

export const arithmetic: Readonly<Record<string, Operation<OnnxNode>>> = {
  Max: elementwise.maximum,
  Mean: mean,
  Min: elementwise.minimum,
  Sum: sumOf,
  Where: where,
};
