import type { Relation } from '../../program/primitives/compare.js';
import type { Value } from '../../program/program-builder.js';
import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition } from '../layer-definition.js';
import { elementwiseReach } from '../reach/reach.js';

export interface CompareAttributes {
  readonly relation: Relation | 'notEqual';
}

/** 1 where a relation holds between two values, or between a value and the parameter `value`, else 0. It is constant between its steps, so no gradient passes. */
export const compare: LayerDefinition<CompareAttributes> = {
  group: 'other',
  title: ({ relation }) => relation,
  axisOrder: 'unknown',
  takesInfinity: true,
  forward: ({ attributes: { relation } }, { ops, inputs, parameter, mask }) =>
    mask('holds', () => {
      const operands = [inputs[0]!, inputs[1] ?? parameter('value')] as const;
      return relation === 'notEqual'
        ? ops.sub(ops.scalar(1), ops.compare(operands[0], 'equal', operands[1]))
        : ops.compare(operands[0], relation, operands[1]);
    }),
  gradient: (_layer, { ops, inputs }) =>
    inputs.map((x): Value => ops.broadcast(ops.scalar(0), x.shape)),
  reach: elementwiseReach,
  expectedMagnitude: passedMagnitude,
};
