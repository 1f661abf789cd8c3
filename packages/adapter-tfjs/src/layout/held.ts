import type { TapeWriter } from '../tape/tape-writer.js';
import type { Slot } from '../tape/tape.js';
import { reshapeSlot, transposeSlot } from '../tape/physical.js';
import type { Constant } from './constant.js';
import { isSameArrangement, logical, physicalShape, type Order } from './order.js';

/** A value of the program: its logical shape, and the way to its numbers in any order of axes. Nothing is written before it is asked for. */
export interface Held {
  readonly shape: readonly number[];
  /** The order in which it lies in memory, or is best made. */
  readonly order: Order;
  readonly slot: (order: Order) => Slot;
  /** A mask as booleans. */
  readonly booleans?: (order: Order) => Slot;
  /** Present where the numbers are known. */
  readonly constant?: Constant;
  /** What it repeats along axes of size 1: elementwise operations can read this instead. */
  readonly repeats?: Held;
  /** Present for switches that have not been made yet: a mask for each offset of the window. */
  readonly switches?: Switches;
}

/** Where the maxima of a pool stand. */
interface Switches {
  /** What was pooled. */
  readonly pooled: Held;
  /** One mask an offset, `[N, C, ...out]`. */
  readonly masks: () => readonly Held[];
}

/** A value that lies in memory in one order, and is moved where another one is asked for. */
export function held(
  tape: TapeWriter,
  stored: Slot,
  shape: readonly number[],
  order: Order = logical(shape.length),
): Held {
  const slot = (wanted: Order): Slot => {
    const target = physicalShape(shape, wanted);
    if (isSameArrangement(shape, order, wanted)) return reshapeSlot(tape, stored, target);
    return transposeSlot(
      tape,
      stored,
      wanted.map((axis) => order.indexOf(axis)),
    );
  };
  return { shape, order, slot };
}

/** Known numbers, laid out when they are uploaded. */
export function heldConstant(tape: TapeWriter, constant: Constant): Held {
  return {
    shape: constant.shape,
    order: logical(constant.shape.length),
    constant,
    slot: (order) => tape.constant(constant, order),
  };
}

/** A value handed in when the program runs, laid out before it is handed over. */
export function heldInput(tape: TapeWriter, name: string, shape: readonly number[]): Held {
  return { shape, order: logical(shape.length), slot: (order) => tape.input(name, shape, order) };
}
