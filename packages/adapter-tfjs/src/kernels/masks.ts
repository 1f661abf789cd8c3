import type { Relation } from '@patternlens/core';
import { held, type Held } from '../layout/held.js';
import { physicalShape, type Order } from '../layout/order.js';
import { tileSlot } from '../tape/physical.js';
import type { Slot } from '../tape/tape.js';
import { align } from './align.js';
import type { Context, Lowering } from './lowering.js';
import { scalar } from './scalar.js';

const RELATION_KERNELS: Readonly<Record<Relation, string>> = {
  greater: 'Greater',
  greaterOrEqual: 'GreaterEqual',
  less: 'Less',
  lessOrEqual: 'LessEqual',
  equal: 'Equal',
};

function isZero({ constant }: Held): boolean {
  return constant?.shape.every((dim) => dim === 1) === true && constant.read().data[0] === 0;
}

/** Booleans as 0 and 1. */
export function asFloats({ tape }: Context, x: Slot): Slot {
  return tape.call('Cast', { x }, { dtype: 'float32' }, x.shape);
}

/** A mask stays undecided between booleans and numbers until it is read; what is above 0 becomes numbers in one step. */
export const compare: Lowering<'compare'> = (context, { relation }, [left, right], shape) => {
  const { tape } = context;
  const { order: best, slots } = align(context, [left!, right!], shape);
  const booleans = (order: Order): Slot => {
    const [a, b] = slots(order) as [Slot, Slot];
    return tape.call(RELATION_KERNELS[relation], { a, b }, {}, physicalShape(shape, order));
  };
  const isStep = relation === 'greater' && isZero(right!) && !left!.constant;
  const slot = (order: Order): Slot => {
    if (!isStep) return asFloats(context, booleans(order));
    const [x] = slots(order) as [Slot];
    const own = tape.call('Step', { x }, { alpha: 0 }, x.shape);
    return tileSlot(tape, own, physicalShape(shape, order));
  };
  return { shape, order: best, slot, booleans };
};

/** What chooses, as booleans: a comparison's own, or what is not 0. */
function choosing(context: Context, mask: Held, shape: readonly number[], order: Order): Slot {
  const target = physicalShape(shape, order);
  if (mask.booleans && mask.shape.join() === shape.join()) return mask.booleans(order);
  const [x] = align(context, [mask], shape).slots(order) as [Slot];
  const own = context.tape.call('NotEqual', { a: x, b: scalar(context.tape, 0) }, {}, x.shape);
  return own.shape.join() === target.join() ? own : tileSlot(context.tape, own, target);
}

export const select: Lowering<'select'> = (context, _operation, [mask, a, b], shape) => {
  const { tape } = context;
  const { order, slots } = align(context, [mask!, a!, b!], shape);
  const target = physicalShape(shape, order);
  const [, t, e] = slots(order).map((slot) => slot) as [Slot, Slot, Slot];
  const whole = (slot: Slot): Slot => tileSlot(tape, slot, target);
  const chosen = tape.call(
    'Select',
    { condition: choosing(context, mask!, shape, order), t: whole(t), e: whole(e) },
    {},
    target,
  );
  return held(tape, chosen, shape, order);
};
