import type { Value } from '../../program/program-builder.js';
import type { PoolAttributes } from '../../program/window.js';
import { BATCH, isBatch, sizeOf, type Shape } from '../../tensor/shape.js';
import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition, LayerScope } from '../layer-definition.js';
import type { LayerWith } from '../layer-with.js';
import { cut } from '../reach/box.js';
import { replaceRanges } from '../reach/reach.js';

export interface ResponseAttributes {
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  readonly bias: number;
}

/** Channels of a window that come before its own channel. */
const before = (size: number): number => Math.floor((size - 1) / 2);

/** A window over channels as a pool: `[N, C, ...]` is seen as `[N, 1, C, rest]`. */
function channelWindow(shape: Shape, size: number): { view: Shape; pool: PoolAttributes } {
  const rest = sizeOf(shape.slice(2));
  return {
    view: [shape[0] ?? BATCH, 1, shape[1]!, isBatch(rest) ? 1 : rest],
    pool: {
      kernel: [size, 1],
      strides: [1, 1],
      dilations: [1, 1],
      padsBegin: [before(size), 0],
      padsEnd: [size - 1 - before(size), 0],
    },
  };
}

/** `bias + alpha * mean of squares over the window`, the power's base. */
function responseBase(
  { attributes }: LayerWith<ResponseAttributes>,
  { ops, inputs }: LayerScope,
): Value {
  const [x] = inputs;
  const { view, pool } = channelWindow(x!.shape, attributes.size);
  const squares = ops.avgPool(ops.reshape(ops.mul(x!, x!), view), pool);
  return ops.add(
    ops.mul(ops.reshape(squares, x!.shape), ops.scalar(attributes.alpha)),
    ops.scalar(attributes.bias),
  );
}

/** Across channels: `x / (bias + alpha/size * sum of squares)^beta`. */
export const localResponseNormalisation: LayerDefinition<ResponseAttributes> = {
  group: 'response-normalisation',
  axisOrder: 'channels-at-1',
  forward: (layer, scope) => {
    const { ops, inputs } = scope;
    return ops.mul(
      inputs[0]!,
      ops.pow(responseBase(layer, scope), ops.scalar(-layer.attributes.beta)),
    );
  },
  gradient: (layer, scope, _output, r) => {
    const { ops, inputs } = scope;
    const [x] = inputs;
    const { alpha, beta, size } = layer.attributes;
    const { view, pool } = channelWindow(x!.shape, size);
    const base = responseBase(layer, scope);
    const direct = ops.mul(r, ops.pow(base, ops.scalar(-beta)));
    const inner = ops.mul(ops.mul(r, x!), ops.pow(base, ops.scalar(-beta - 1)));
    const pooled = ops.avgPoolInputGradient(
      ops.reshape(inner, view),
      pool,
      view.slice(2) as number[],
    );
    const others = ops.mul(
      ops.mul(x!, ops.reshape(pooled, x!.shape)),
      ops.scalar(2 * alpha * beta),
    );
    return [ops.sub(direct, others)];
  },
  reach: ({ attributes: { size } }, box, { inputs: [first] }) => {
    const { from, to } = box[1]!;
    const channels = { from: from - before(size), to: to + size - 1 - before(size) };
    return replaceRanges(box, { 1: cut(channels, 0, first![1]!) });
  },
  expectedMagnitude: passedMagnitude,
};
