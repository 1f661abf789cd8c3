import type { Value } from '../../program/program-builder.js';
import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition, LayerScope } from '../layer-definition.js';
import { type Reach, wholeAlong } from '../reach/reach.js';

export interface SoftmaxAttributes {
  readonly axis: number;
}

const wholeAxis: Reach<SoftmaxAttributes> = ({ attributes }, box, shapes) =>
  wholeAlong(box, [attributes.axis], shapes);

function shifted(
  { ops, inputs }: LayerScope,
  axis: number,
): { logits: Value; exponentials: Value; total: Value } {
  const [x] = inputs;
  const logits = ops.sub(x!, ops.reduceMax(x!, [axis]));
  const exponentials = ops.exp(logits);
  return { logits, exponentials, total: ops.reduceSum(exponentials, [axis]) };
}

export const softmax: LayerDefinition<SoftmaxAttributes> = {
  group: 'other',
  axisOrder: 'unknown',
  forward: ({ attributes }, scope) => {
    const { exponentials, total } = shifted(scope, attributes.axis);
    return scope.ops.div(exponentials, total);
  },
  gradient: ({ attributes }, { ops }, output, r) => [
    ops.mul(output, ops.sub(r, ops.reduceSum(ops.mul(r, output), [attributes.axis]))),
  ],
  reach: wholeAxis,
  expectedMagnitude: passedMagnitude,
};

export const logSoftmax: LayerDefinition<SoftmaxAttributes> = {
  group: 'other',
  axisOrder: 'unknown',
  forward: ({ attributes }, scope) => {
    const { logits, total } = shifted(scope, attributes.axis);
    return scope.ops.sub(logits, scope.ops.log(total));
  },
  gradient: ({ attributes }, { ops }, output, r) => [
    ops.sub(r, ops.mul(ops.exp(output), ops.reduceSum(r, [attributes.axis]))),
  ],
  reach: wholeAxis,
  expectedMagnitude: passedMagnitude,
};
