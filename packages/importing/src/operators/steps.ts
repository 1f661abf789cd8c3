import { activate } from '../layers/activation.js';
import type { ImportContext } from '../network/import-context.js';
import type { NodeView } from '../place/node-view.js';
import type { Place } from '../place/place.js';
import { scalarParameter, type NumberType, type RuntimeValue } from '../values/values.js';
import type { Operation } from '../walk/operation.js';
import { compareTo } from './comparisons.js';

type Step = 'floor' | 'ceil' | 'round' | 'truncate' | 'sign';

/** A function that is constant between its steps, which the network's changes say. */
export function step(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  name: Step,
): RuntimeValue {
  context.changes.push(
    `${place.kind} "${place.name}" is constant between its steps: no gradient passes through it`,
  );
  return activate(context, place, x, { kind: 'pointwise', function: name });
}

export const stepwise =
  (name: Step): Operation =>
  (node, context) =>
    step(context, node, node.runtime(0), name);

/** A computed value as another type of numbers has it: whole numbers without their fractions, truths as 0 or 1. */
export function castTo(
  context: ImportContext,
  node: NodeView,
  from: NumberType,
  to: NumberType,
): RuntimeValue {
  const x = node.runtime(0);
  if (to === 'boolean' && from !== 'boolean')
    return compareTo(context, node, x, 'notEqual', scalarParameter(0));
  return to === 'integer' && from === 'float'
    ? step(context, node, x, 'truncate')
    : context.layer(node, 'identity', [x], {});
}
