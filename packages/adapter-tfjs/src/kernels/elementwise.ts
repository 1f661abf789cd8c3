import type { BinaryKind, UnaryKind } from '@patternlens/core/backend';
import { held, type Held } from '../layout/held.js';
import { physicalShape } from '../layout/order.js';
import type { Slot, SlotInputs } from '../tape/tape.js';
import { align } from './align.js';
import type { Context, Lowering } from './lowering.js';
import { scalar } from './scalar.js';

const UNARY_KERNELS: Readonly<Record<UnaryKind, string>> = {
  neg: 'Neg',
  abs: 'Abs',
  exp: 'Exp',
  log: 'Log',
  sqrt: 'Sqrt',
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
  erf: 'Erf',
  sin: 'Sin',
  cos: 'Cos',
  atan: 'Atan',
  floor: 'Floor',
  relu: 'Relu',
};

const BINARY_KERNELS: Readonly<Record<Exclude<BinaryKind, 'safeDiv'>, string>> = {
  add: 'Add',
  sub: 'Sub',
  mul: 'Multiply',
  div: 'RealDiv',
  min: 'Minimum',
  max: 'Maximum',
  pow: 'Pow',
};

/** Whether a value is known to be one 0. */
export function isZero({ constant }: Held): boolean {
  return constant?.shape.every((dim) => dim === 1) === true && constant.read().data[0] === 0;
}

export const unary: Lowering<UnaryKind> = ({ tape }, { kind }, [x], shape) => {
  const slot = x!.slot(x!.order);
  return held(tape, tape.call(UNARY_KERNELS[kind], { x: slot }, {}, slot.shape), shape, x!.order);
};

/** A kernel of two operands that broadcast. */
export function combine(
  context: Context,
  kernel: string,
  operands: readonly [Held, Held],
  shape: readonly number[],
): Held {
  const { order, slots } = align(context, operands, shape);
  const [a, b] = slots(order) as [never, never];
  const made = context.tape.call(kernel, { a, b }, {}, physicalShape(shape, order));
  return held(context.tape, made, shape, order);
}

export const binary: Lowering<Exclude<BinaryKind, 'safeDiv'>> = (
  context,
  { kind },
  [a, b],
  shape,
) => {
  const x = [a!, b!].find(({ constant }) => !constant);
  const isOfZero = (kind === 'max' || kind === 'min') && [a!, b!].some(isZero);
  if (!context.traits.quickComparisons && isOfZero && x?.shape.join() === shape.join()) {
    const positive = unary(context, { kind: 'relu' }, [x], shape);
    return kind === 'max' ? positive : combine(context, 'Sub', [x, positive], shape);
  }
  return combine(context, BINARY_KERNELS[kind], [a!, b!], shape);
};

/** `a / b` where b is not 0, by a divisor that never is 0: nothing that is not a number is made on the way. */
export const safeDiv: Lowering<'safeDiv'> = (context, _operation, [a, b], shape) => {
  const { tape } = context;
  const divisor = b!.slot(b!.order);
  const call = (kernel: string, inputs: SlotInputs): Slot =>
    tape.call(kernel, inputs, {}, divisor.shape);
  const isAbove = tape.call('Step', { x: divisor }, { alpha: 0 }, divisor.shape);
  const below = call('Neg', { x: divisor });
  const isBelow = tape.call('Step', { x: below }, { alpha: 0 }, divisor.shape);
  const isSome = call('Add', { a: isAbove, b: isBelow });
  const isNone = call('Sub', { a: scalar(tape, 1), b: isSome });
  const asHeld = (slot: Slot): Held => held(tape, slot, b!.shape, b!.order);
  const safe = asHeld(call('Add', { a: divisor, b: isNone }));
  const quotient = combine(context, 'RealDiv', [a!, safe], shape);
  return combine(context, 'Multiply', [quotient, asHeld(isSome)], shape);
};
