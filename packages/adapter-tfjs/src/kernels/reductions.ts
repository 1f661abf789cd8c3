import { generated } from '../layout/constant.js';
import { held, heldConstant, type Held } from '../layout/held.js';
import { reshape } from '../layout/move.js';
import { logical, physicalShape } from '../layout/order.js';
import { reshapeSlot } from '../tape/physical.js';
import { combine } from './elementwise.js';
import type { Context, Lowering } from './lowering.js';
import { asFloats } from './masks.js';

/** Reduces axes, which are kept with size 1. */
export function reduce(
  { tape }: Context,
  kernel: 'Sum' | 'Max',
  x: Held,
  axes: readonly number[],
): Held {
  const taken = axes.filter((axis) => x.shape[axis] !== 1);
  if (taken.length === 0) return x;
  const shape = x.shape.map((dim, axis) => (taken.includes(axis) ? 1 : dim));
  const physical = taken.map((axis) => x.order.indexOf(axis)).toSorted((a, b) => a - b);
  const left = physicalShape(
    shape,
    x.order.filter((axis) => !taken.includes(axis)),
  );
  const inputs = { x: x.slot(x.order) };
  const attributes =
    kernel === 'Sum'
      ? { axis: physical, keepDims: false }
      : { reductionIndices: physical, keepDims: false };
  const reduced = tape.call(kernel, inputs, attributes, left);
  return held(tape, reshapeSlot(tape, reduced, physicalShape(shape, x.order)), shape, x.order);
}

const reduceSum: Lowering<'reduceSum'> = (context, { axes }, [x]) =>
  reduce(context, 'Sum', x!, axes);

const reduceMax: Lowering<'reduceMax'> = (context, { axes }, [x]) =>
  reduce(context, 'Max', x!, axes);

/** Numbers by their place along the last axis. */
const numbers = (
  { tape }: Context,
  key: string,
  size: number,
  make: (index: number) => number,
): Held => heldConstant(tape, generated(key, [size], make));

const argMax: Lowering<'argMax'> = (context, _operation, [x], shape) => {
  const { tape, traits } = context;
  const size = x!.shape.at(-1)!;
  if (traits.firstArgMax) {
    const operand = x!.slot(logical(x!.shape.length));
    const found = tape.call('ArgMax', { x: operand }, { axis: x!.shape.length - 1 }, shape);
    return held(tape, asFloats(context, found), shape);
  }
  // The largest of counts that fall along the axis, among entries that are as large as the largest.
  const last = x!.shape.length - 1;
  const largest = reduce(context, 'Max', x!, [last]);
  const isLargest = combine(context, 'Equal', [x!, largest], x!.shape);
  const floats = held(
    tape,
    asFloats(context, isLargest.slot(isLargest.order)),
    x!.shape,
    isLargest.order,
  );
  const falling = numbers(context, 'falling', size, (at) => size - at);
  const best = reduce(context, 'Max', combine(context, 'Multiply', [floats, falling], x!.shape), [
    last,
  ]);
  const all = numbers(context, `number ${size}`, 1, () => size);
  const index = combine(context, 'Sub', [all, best], best.shape);
  return reshape(tape, index, shape);
};

const oneHot: Lowering<'oneHot'> = (context, { size }, [indices], shape) => {
  const { tape } = context;
  const column = reshape(tape, indices!, [...indices!.shape, 1]);
  const equal = combine(
    context,
    'Equal',
    [column, numbers(context, 'counting', size, (at) => at)],
    shape,
  );
  return held(tape, asFloats(context, equal.slot(equal.order)), shape, equal.order);
};

/** How reductions are made, and what is reduced to indices and back. */
export const reductions = { reduceSum, reduceMax, argMax, oneHot };
