import type { ProgramBuilder, Value } from '../program/program-builder.js';
import { isBatch } from '../tensor/shape.js';
import { filled } from '../tensor/tensor.js';
import { realInputs } from './real-inputs.js';
import type { RuleScope } from './rule.js';

/** How a rule changes an input, weights or a bias before it uses them. `ones` puts 1 in the place of each. */
export type Modifier =
  | 'as-is'
  | 'positive'
  | 'negative'
  | 'squared'
  | 'ones'
  | ((ops: ProgramBuilder, value: Value, scope: RuleScope) => Value);

/** A modified weight tensor or bias: a constant stays one. */
export function modify(scope: RuleScope, modifier: Modifier, value: Value): Value {
  const { ops } = scope;
  switch (modifier) {
    case 'as-is':
      return value;
    case 'positive':
      return ops.positivePart(value);
    case 'negative':
      return ops.negativePart(value);
    case 'squared':
      return ops.mul(value, value);
    case 'ones':
      return ops.constant(filled(value.shape as readonly number[], 1));
    default:
      return modifier(ops, value, scope);
  }
}

/** A modified input. Ones are the same for every sample: one row of them broadcasts over the batch, and what is computed from it is constant. What a layer pads has
 * none. */
export function modifyInput(scope: RuleScope, modifier: Modifier, x: Value): Value {
  if (modifier !== 'ones') return modify(scope, modifier, x);
  return (
    realInputs(scope, scope.layer.inputs[0]!) ??
    scope.ops.broadcast(
      scope.ops.scalar(1),
      x.shape.map((dim) => (isBatch(dim) ? 1 : dim)),
    )
  );
}
