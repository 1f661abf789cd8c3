import type { LayerAttributes, Parameter } from '@patternlens/core/network';
import { mapTensor } from '@patternlens/core/tensor';
import { besideConstants, together } from '../layers/elementwise.js';
import type { ImportContext } from '../network/import-context.js';
import type { Place } from '../place/place.js';
import { parameterOf, scalarParameter, type RuntimeValue } from '../values/values.js';
import type { Operation } from '../walk/operation.js';
import { operands } from './operands.js';

export type Comparison = LayerAttributes['compare']['relation'];

/** What `a` is to `b` where `b` is the relation's first operand. */
const turned: Readonly<Record<Comparison, Comparison>> = {
  greater: 'less',
  greaterOrEqual: 'lessOrEqual',
  less: 'greater',
  lessOrEqual: 'greaterOrEqual',
  equal: 'equal',
  notEqual: 'notEqual',
};

/** 1 where a relation to a constant holds, else 0. */
export const compareTo = (
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  relation: Comparison,
  value: Parameter,
): RuntimeValue => besideConstants(context, place, 'compare', [x], { relation }, { value });

/** 1 where a relation holds between two inputs, else 0. */
export const comparison =
  (relation: Comparison): Operation =>
  (node, context) => {
    const { x, other, constantFirst } = operands(context, node);
    if (other.kind === 'runtime')
      return context.layer(node, 'compare', together(context, node, [x, other]), { relation });
    const held = constantFirst ? turned[relation] : relation;
    return compareTo(context, node, x, held, parameterOf(other));
  };

/** Truths are 0 or 1: both hold where the smaller is 1, one holds where the larger is. */
const junction =
  (kind: 'minimum' | 'maximum'): Operation =>
  (node, context) => {
    const { x, other } = operands(context, node);
    if (other.kind === 'runtime')
      return context.layer(node, kind, together(context, node, [x, other]), {});
    const truths = mapTensor(other.tensor, (value) => Number(value !== 0));
    return besideConstants(context, node, kind, [x], {}, { value: { tensor: truths } });
  };

export const and = junction('minimum');
export const or = junction('maximum');
export const exclusiveOr = comparison('notEqual');

export const not: Operation = (node, context) =>
  compareTo(context, node, node.runtime(0), 'equal', scalarParameter(0));

/** Only what is no number is not equal to itself. */
export const isNaN: Operation = (node, context) => {
  const x = node.runtime(0);
  return context.layer(node, 'compare', [x, x], { relation: 'notEqual' });
};
