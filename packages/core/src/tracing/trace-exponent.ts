import type { ProgramBuilder, Value } from '../program/program-builder.js';
import { type Signal, timesPowerOfTwo } from '../rules/signal.js';
import { BATCH, sizeOf } from '../tensor/shape.js';

/** Relevance as it is returned, and the power of two that it still lacks: `[N]`, 0 where the true values fit. */
export interface Relevance {
  readonly values: ReadonlyMap<string, Value>;
  readonly exponent: Value;
}

/** The range that a sample's largest value must stay in for its true values to be returned. */
const LOWEST = -100,
  HIGHEST = 126;

const bound = (ops: ProgramBuilder, exponent: number): Value => ops.scalar(2 ** exponent);

/** Multiplies each sample's relevance by the power of two that was carried apart, where its largest value then fits float32; where it does
 * not, the relevance stays as it is and the exponent holds the missing power. Needs compare, multiply and select only. */
export function traceExponent(
  ops: ProgramBuilder,
  signals: ReadonlyMap<string, Signal>,
): Relevance {
  const exponent = Math.max(...[...signals.values()].map((signal) => signal.exponent));
  const values = new Map(
    [...signals].map(([name, { value, exponent: power }]) => [
      name,
      timesPowerOfTwo(ops, value, power - exponent),
    ]),
  );
  if (exponent === 0) return { values, exponent: ops.broadcast(ops.scalar(0), [BATCH]) };
  const largest = [...values.values()]
    .map((value) =>
      ops.reduceMax(ops.reshape(ops.abs(value), [BATCH, sizeOf(value.shape.slice(1))]), [1]),
    )
    .reduce((a, b) => ops.max(a, b));
  const above = ops.compare(largest, 'greaterOrEqual', bound(ops, LOWEST - exponent));
  const below = ops.compare(largest, 'lessOrEqual', bound(ops, HIGHEST - exponent));
  const zero = ops.compare(largest, 'equal', ops.scalar(0));
  const fits = ops.max(ops.mul(above, below), zero);
  const scaled = [...values].map(([name, value]) => {
    const mask = ops.reshape(fits, [BATCH, ...value.shape.slice(1).map(() => 1)]);
    return [name, ops.select(mask, timesPowerOfTwo(ops, value, exponent), value)] as const;
  });
  const left = ops.select(ops.reshape(fits, [BATCH]), ops.scalar(0), ops.scalar(exponent));
  return { values: new Map(scaled), exponent: left };
}
