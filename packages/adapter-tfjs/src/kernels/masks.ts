import type { Relation } from '@patternlens/core/backend';
import { held, type Held } from '../layout/held.js';
import { physicalShape, type Order } from '../layout/order.js';
import { repeatSlot } from '../tape/physical.js';
import type { Slot } from '../tape/tape.js';
import { align } from './align.js';
import { isZero } from './elementwise.js';
import type { Context, Lowering } from './lowering.js';
import { scalar } from './scalar.js';

const RELATION_KERNELS: Readonly<Record<Relation, string>> = {
  greater: 'Greater',
  greaterOrEqual: 'GreaterEqual',
  less: 'Less',
  lessOrEqual: 'LessEqual',
  equal: 'Equal',
};

/** Booleans as 0 and 1. */
export function asFloats({ tape, traits }: Context, x: Slot): Slot {
  const cast = tape.call('Cast', { x }, { dtype: 'float32' }, x.shape);
  if (traits.castsBooleans) return cast;
  return tape.call('Multiply', { a: cast, b: scalar(tape, 1) }, {}, x.shape);
}

/** 0 and 1 as booleans. */
const asBooleans = ({ tape }: Context, x: Slot): Slot =>
  tape.call('Cast', { x }, { dtype: 'bool' }, x.shape);

/** 1 where a value is above 0, else 0: numbers in one step. */
const isAbove = ({ tape }: Context, x: Slot): Slot =>
  tape.call('Step', { x }, { alpha: 0 }, x.shape);

/** Comparisons by the sign of differences. */
function byDifference(
  context: Context,
  relation: Relation,
  [a, b]: readonly [Slot, Slot],
  shape: readonly number[],
): Slot {
  const { tape } = context;
  const exceeds = (x: Slot, y: Slot): Slot =>
    isAbove(context, tape.call('Sub', { a: x, b: y }, {}, shape));
  const not = (x: Slot): Slot => tape.call('Sub', { a: scalar(tape, 1), b: x }, {}, shape);
  switch (relation) {
    case 'greater':
      return exceeds(a, b);
    case 'less':
      return exceeds(b, a);
    case 'greaterOrEqual':
      return not(exceeds(b, a));
    case 'lessOrEqual':
      return not(exceeds(a, b));
    case 'equal':
      return tape.call('Sub', { a: not(exceeds(a, b)), b: exceeds(b, a) }, {}, shape);
  }
}

/** A mask stays undecided between booleans and numbers until it is read; what is above 0 becomes numbers in one step. */
export const compare: Lowering<'compare'> = (context, { relation }, [left, right], shape) => {
  const { tape } = context;
  const { order: best, slots } = align(context, [left!, right!], shape);
  const isStep = relation === 'greater' && isZero(right!) && !left!.constant;
  const quick = context.traits.quickComparisons;
  const compared = (order: Order): Slot => {
    const [a, b] = slots(order) as [Slot, Slot];
    return tape.call(RELATION_KERNELS[relation], { a, b }, {}, physicalShape(shape, order));
  };
  const slot = (order: Order): Slot => {
    const target = physicalShape(shape, order);
    const [a, b] = slots(order) as [Slot, Slot];
    if (isStep) return repeatSlot(tape, isAbove(context, a), target);
    return quick
      ? asFloats(context, compared(order))
      : byDifference(context, relation, [a, b], target);
  };
  const booleans = quick ? compared : (order: Order): Slot => asBooleans(context, slot(order));
  return { shape, order: best, slot, booleans };
};

/** What chooses, as booleans: a comparison's own, or what is not 0. */
function choosing(context: Context, mask: Held, shape: readonly number[], order: Order): Slot {
  const { tape } = context;
  if (mask.booleans && mask.shape.join() === shape.join()) return mask.booleans(order);
  const target = physicalShape(shape, order);
  const [x] = align(context, [mask], shape).slots(order) as [Slot];
  const whole = repeatSlot(tape, x, target);
  return tape.call('NotEqual', { a: whole, b: scalar(tape, 0) }, {}, target);
}

export const select: Lowering<'select'> = (context, _operation, [mask, a, b], shape) => {
  const { tape } = context;
  const { order, slots } = align(context, [mask!, a!, b!], shape);
  const target = physicalShape(shape, order);
  const [, t, e] = slots(order).map((slot) => repeatSlot(tape, slot, target)) as [Slot, Slot, Slot];
  const condition = choosing(context, mask!, shape, order);
  return held(tape, tape.call('Select', { condition, t, e }, {}, target), shape, order);
};
