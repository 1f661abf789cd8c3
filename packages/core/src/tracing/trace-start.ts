import { channelsAtOne, channelsFirstShape } from '../network/value-channels.js';
import type { Start } from '../methods/method.js';
import { BATCH, sizeOf, type Shape } from '../tensor/shape.js';
import type { ProgramBuilder, Value } from '../program/program-builder.js';

/** Which neuron is explained, as values of the program. */
export interface TracedStart {
  /** What the backward pass starts from: the shape of the explained value. */
  readonly relevance: Value;
  /** The index of the explained neuron in the flattened value, or that of the explained channel: `[N]`. */
  readonly target: Value;
  /** The value of the explained neuron; of a channel, the sum over its positions: `[N]`. */
  readonly explained: Value;
  /** What it started from: `[N]`. */
  readonly start: Value;
}

/** What is explained of a value. */
export interface StartChoice {
  readonly start: Start;
  /** Its index in the flattened value, negative for the strongest: `[N]`. */
  readonly target: Value;
  /** The axis of the value's channels. */
  readonly axis: number;
  /** Neurons of a layer are explained, of this channel where it is not negative: `[N]`. The index is that of the value with its channels at axis 1. */
  readonly channel?: Value | undefined;
  /** Whole channels are explained; the index is that of a channel. */
  readonly channels?: boolean | undefined;
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

/** The entries that are explained out of rows of them: the one that is named, else the largest. */
function chosenOf(ops: ProgramBuilder, flat: Value, target: Value, top: Value) {
  const given = ops.compare(target, 'greaterOrEqual', ops.scalar(0));
  const used = ops.select(given, target, top);
  const oneHot = ops.oneHot(used, flat.shape[1] as number);
  const atTarget = ops.mul(flat, oneHot);
  return { used, oneHot, atTarget, sum: ops.reshape(ops.reduceSum(atTarget, [1]), [BATCH]) };
}

/** One neuron, of a value whose channels are at axis 1 where it is one of a layer. */
function startAtNeuron(
  ops: ProgramBuilder,
  value: Value,
  { start, target, channel }: StartChoice,
): TracedStart {
  const size = sizeOf(value.shape.slice(1)) as number;
  const flat = ops.reshape(value, [BATCH, size]);
  const top = topOf(ops, flat, value.shape, channel);
  const { used, oneHot, atTarget, sum } = chosenOf(ops, flat, target, top);
  return {
    relevance: ops.reshape(start === 'one' ? oneHot : atTarget, value.shape),
    target: used,
    explained: sum,
    start: start === 'one' ? ops.broadcast(ops.scalar(1), [BATCH]) : sum,
  };
}

/** Every position of one channel, of a value whose channels are at axis 1. */
function startAtChannel(
  ops: ProgramBuilder,
  value: Value,
  { start, target }: StartChoice,
): TracedStart {
  const channels = value.shape[1] as number;
  const positions = sizeOf(value.shape.slice(2)) as number;
  const rows = ops.reshape(value, [BATCH, channels, positions]);
  const sums = ops.reshape(ops.reduceSum(rows, [2]), [BATCH, channels]);
  const { used, oneHot, sum } = chosenOf(ops, sums, target, ops.argMax(sums));
  const mask = ops.reshape(oneHot, [BATCH, channels, 1]);
  const everywhere = ops.broadcast(mask, [BATCH, channels, positions]);
  return {
    relevance: ops.reshape(start === 'one' ? everywhere : ops.mul(rows, everywhere), value.shape),
    target: used,
    explained: sum,
    start: start === 'one' ? ops.broadcast(ops.scalar(1), [BATCH]) : sum,
  };
}

/** Records the choice of what is explained of a value. */
export function traceStart(ops: ProgramBuilder, value: Value, choice: StartChoice): TracedStart {
  const { axis, channel, channels = false } = choice;
  if (!channel && !channels) return startAtNeuron(ops, value, choice);
  const begin = channels ? startAtChannel : startAtNeuron;
  const { shape } = value;
  if (axis === 1) {
    const traced = begin(ops, ops.reshape(value, channelsFirstShape(shape, axis)), choice);
    return { ...traced, relevance: ops.reshape(traced.relevance, shape) };
  }
  const order = channelsAtOne(shape.length, axis);
  const traced = begin(ops, ops.transpose(value, order), choice);
  const back = order.map((_, at) => order.indexOf(at));
  return { ...traced, relevance: ops.transpose(traced.relevance, back) };
}
