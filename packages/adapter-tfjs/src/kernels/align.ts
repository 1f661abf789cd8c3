import type { Held } from '../layout/held.js';
import { reshape } from '../layout/move.js';
import { arrangement, logical, type Order } from '../layout/order.js';
import type { Slot } from '../tape/tape.js';
import type { Context } from './lowering.js';
import { product } from '../layout/sizes.js';

/** Operands of an elementwise operation, and the order that they are best read in. */
export interface Aligned {
  readonly order: Order;
  /** An operand in an order of the whole shape; axes that it lacks, and repeats, have size 1. */
  readonly slots: (order: Order) => Slot[];
}

const isMoved = ({ shape, order }: Held): boolean =>
  arrangement(shape, order).some((axis, at, all) => at > 0 && axis < all[at - 1]!);

/** Brings operands to one rank. The order is that of a value in which axes have been moved, such as channels last, if there is one. */
export function align(
  { tape }: Context,
  operands: readonly Held[],
  shape: readonly number[],
): Aligned {
  const short = operands.map((x) => x.repeats ?? x);
  // Repeated values are read as they are where another operand has the whole shape.
  const reached = shape.every((dim, axis) =>
    short.some((x) => (x.shape[axis - shape.length + x.shape.length] ?? 1) === dim),
  );
  const ranked = (reached ? short : operands).map((x) =>
    reshape(tape, x, [...new Array<number>(shape.length - x.shape.length).fill(1), ...x.shape]),
  );
  const computed = ranked.filter(({ constant }) => !constant);
  const whole = computed.filter((x) => product(x.shape) === product(shape));
  const best = whole.find(isMoved) ?? whole[0] ?? computed.find(isMoved) ?? computed[0];
  return {
    order: best?.order ?? logical(shape.length),
    slots: (order) => ranked.map((x) => x.slot(order)),
  };
}
