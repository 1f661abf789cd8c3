import { generated } from '../layout/constant.js';
import type { TapeWriter } from '../tape/tape-writer.js';
import type { Slot } from '../tape/tape.js';

/** A number as an operand of elementwise kernels. */
export function scalar(tape: TapeWriter, value: number): Slot {
  return tape.constant(
    generated(`number ${value}`, [], () => value),
    [],
  );
}
