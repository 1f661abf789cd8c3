import { held, type Held } from '../layout/held.js';
import { reshape } from '../layout/move.js';
import { logical } from '../layout/order.js';
import { reshapeSlot, repeatSlot } from '../tape/physical.js';
import type { Slot } from '../tape/tape.js';
import type { Context, Lowering } from './lowering.js';
import { product } from '../layout/sizes.js';

const PLAIN = { transposeA: false, transposeB: false };

/** What may follow a linear operation in the same kernel. */
export interface Fused {
  /** A value for each neuron. */
  readonly bias?: Held | undefined;
  readonly relu: boolean;
}

/** The kernel's way of saying what follows. */
export const fusedAttributes = ({ relu }: Fused): object => ({
  activation: relu ? 'relu' : 'linear',
  leakyreluAlpha: 0,
});

const inOrder = (x: Held): Slot => x.slot(logical(x.shape.length));

/** `[..., m, k]` by `[k, n]`: one matrix product, with a bias and a rectifier where they follow. */
export function matmulByMatrix(
  { tape }: Context,
  a: Held,
  b: Held,
  shape: readonly number[],
  fused?: Fused,
): Held {
  const inner = b.shape[0]!,
    columns = b.shape[1]!;
  const rows = product(shape) / columns;
  // The fused kernel of wasm reads beyond matrices that are not in a list.
  const inputs = {
    a: inOrder(reshape(tape, a, [1, rows, inner])),
    b: inOrder(reshape(tape, b, [1, inner, columns])),
  };
  const matrix = [1, rows, columns];
  if (!fused) {
    const made = tape.call('BatchMatMul', inputs, PLAIN, matrix);
    return held(tape, reshapeSlot(tape, made, shape), shape);
  }
  const bias = fused.bias && { bias: inOrder(reshape(tape, fused.bias, [columns])) };
  const attributes = { ...PLAIN, ...fusedAttributes(fused) };
  const made = tape.call('_FusedMatMul', { ...inputs, ...bias }, attributes, matrix);
  return held(tape, reshapeSlot(tape, made, shape), shape);
}

export const matmul: Lowering<'matmul'> = (context, _operation, [a, b], shape) => {
  const { tape } = context;
  if (b!.shape.length === 2) return matmulByMatrix(context, a!, b!, shape);
  // Leading axes are repeated where they differ, then count as one.
  const leading = shape.slice(0, -2);
  const matrices = product(leading);
  const whole = (x: Held): Slot => {
    const padded = [...new Array<number>(shape.length - x.shape.length).fill(1), ...x.shape];
    const target = [...leading, ...padded.slice(-2)];
    const all = repeatSlot(tape, reshapeSlot(tape, inOrder(x), padded), target);
    return reshapeSlot(tape, all, [matrices, ...padded.slice(-2)]);
  };
  const made = tape.call('BatchMatMul', { a: whole(a!), b: whole(b!) }, PLAIN, [
    matrices,
    ...shape.slice(-2),
  ]);
  return held(tape, reshapeSlot(tape, made, shape), shape);
};
