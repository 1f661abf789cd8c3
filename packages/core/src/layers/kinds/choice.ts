import type { Value } from '../../program/program-builder.js';
import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition, LayerScope } from '../layer-definition.js';
import type { NoAttributes } from '../layer-with.js';
import { elementwiseReach } from '../reach/reach.js';
import { unbroadcast } from './unbroadcast.js';

interface Choice {
  readonly condition: Value;
  readonly chosen: Value;
  readonly other: Value;
}

/** The branches: the inputs behind the condition, at whose places the parameters `chosen` and `other` may stand. */
function choiceOf({ inputs: [condition, ...rest], optional }: LayerScope): Choice {
  const [chosen, other] = [optional('chosen'), optional('other')];
  return {
    condition: condition!,
    chosen: chosen ?? rest[0]!,
    other: other ?? rest[chosen ? 0 : 1]!,
  };
}

/** `chosen` where the first input, the condition, is not 0, else `other`: further inputs, or parameters of these names. What is not chosen may be infinite. No gradient
 * passes to the condition. */
export const choice: LayerDefinition<NoAttributes> = {
  group: 'other',
  axisOrder: 'unknown',
  takesInfinity: true,
  forward: (_layer, scope) => {
    const { condition, chosen, other } = choiceOf(scope);
    return scope.ops.select(condition, chosen, other);
  },
  gradient: (_layer, scope, _output, r) => {
    const { ops, inputs, optional } = scope;
    const { condition } = choiceOf(scope);
    const none = ops.scalar(0);
    const parts = [
      ...(optional('chosen') ? [] : [ops.select(condition, r, none)]),
      ...(optional('other') ? [] : [ops.select(condition, none, r)]),
    ];
    return [
      ops.broadcast(none, condition.shape),
      ...parts.map((part, at) => unbroadcast(ops, part, inputs[at + 1]!.shape)),
    ];
  },
  reach: elementwiseReach,
  expectedMagnitude: passedMagnitude,
};
