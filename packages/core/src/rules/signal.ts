import {
  scaleMagnitude,
  type ExpectedMagnitude,
  sumMagnitudes,
} from '../layers/expected-magnitude.js';
import type { ProgramBuilder, Value } from '../program/program-builder.js';

/** What passes backwards: the true numbers are `value * 2^exponent`. */
export interface Signal {
  readonly value: Value;
  readonly exponent: number;
  /** The expected size of `value`; where a rule leaves it out, the kind of layer decides. */
  readonly expectedMagnitude?: ExpectedMagnitude | undefined;
}

/** The largest power of two that one float32 constant is trusted with. */
const STEP = 120;

/** `value * 2^exponent`, in steps that float32 holds. */
export function timesPowerOfTwo(ops: ProgramBuilder, value: Value, exponent: number): Value {
  let scaled = value;
  for (let left = exponent; left !== 0;) {
    const step = Math.max(-STEP, Math.min(STEP, left));
    scaled = ops.mul(scaled, ops.scalar(2 ** step));
    left -= step;
  }
  return scaled;
}

/** The sum of signals, at the largest of their exponents: the others lose only what is too small to matter. */
export function sumSignals(ops: ProgramBuilder, signals: readonly Signal[]): Signal {
  const exponent = Math.max(...signals.map((signal) => signal.exponent));
  const aligned = signals.map((signal) =>
    timesPowerOfTwo(ops, signal.value, signal.exponent - exponent),
  );
  const magnitudes = signals.flatMap(({ expectedMagnitude, exponent: power }) =>
    expectedMagnitude ? [scaleMagnitude(expectedMagnitude, 2 ** (power - exponent))] : [],
  );
  return {
    value: aligned.reduce((total, value) => ops.add(total, value)),
    exponent,
    expectedMagnitude: magnitudes.length > 0 ? sumMagnitudes(magnitudes) : undefined,
  };
}
