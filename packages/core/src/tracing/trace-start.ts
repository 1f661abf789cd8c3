import type { Start } from '../methods/method.js';
import { BATCH, sizeOf, type Shape } from '../tensor/shape.js';
import type { ProgramBuilder, Value } from '../program/program-builder.js';

/** Which neuron is explained, as values of the program. */
export interface TracedStart {
  /** What the backward pass starts from: the shape of the explained value. */
  readonly relevance: Value;
  /** The index of the explained neuron in the flattened value: `[N]`. */
  readonly target: Value;
  /** The value of the explained neuron: `[N]`. */
  readonly explained: Value;
  /** What it started from: `[N]`. */
  readonly start: Value;
}

/** The index of the largest entry, first in row-major order, of the channel that each sample names; of all entries where it names none. */
function topOf(ops: ProgramBuilder, flat: Value, shape: Shape, channel: Value | undefined): Value {
  const overall = ops.argMax(flat);
  if (!channel) return overall;
  const channels = shape[1] as number;
  const positions = sizeOf(shape.slice(2)) as number;
  const mask = ops.reshape(ops.oneHot(channel, channels), [BATCH, channels, 1]);
  const chosen = ops.reduceSum(ops.mul(ops.reshape(flat, [BATCH, channels, positions]), mask), [1]);
  const position = ops.argMax(ops.reshape(chosen, [BATCH, positions]));
  const inside = ops.add(ops.mul(channel, ops.scalar(positions)), position);
  return ops.select(ops.compare(channel, 'greaterOrEqual', ops.scalar(0)), inside, overall);
}

/** Records the choice of the explained neuron. `target` is its index in the flattened value, negative for the strongest; `channel`
 * then limits the choice to one channel, negative for none. */
export function traceStart(
  ops: ProgramBuilder,
  value: Value,
  start: Start,
  target: Value,
  channel?: Value,
): TracedStart {
  const size = sizeOf(value.shape.slice(1)) as number;
  const flat = ops.reshape(value, [BATCH, size]);
  const given = ops.compare(target, 'greaterOrEqual', ops.scalar(0));
  const used = ops.select(given, target, topOf(ops, flat, value.shape, channel));
  const oneHot = ops.oneHot(used, size);
  const atTarget = ops.mul(flat, oneHot);
  const explained = ops.reshape(ops.reduceSum(atTarget, [1]), [BATCH]);
  const relevance = start === 'one' ? oneHot : atTarget;
  return {
    relevance: ops.reshape(relevance, value.shape),
    target: used,
    explained,
    start: start === 'one' ? ops.broadcast(ops.scalar(1), [BATCH]) : explained,
  };
}
