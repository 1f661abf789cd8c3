import type { Value } from '../program/program-builder.js';
import { BATCH, isBatch, sizeOf, type Shape } from '../tensor/shape.js';
import type { LayerDefinition, LayerScope } from './layer-definition.js';
import type { LayerOf } from './layer.js';
import type { PoolAttributes } from '../program/window.js';

/** `[C]` as it broadcasts along axis 1 of a value. */
export function alongChannels({ ops }: LayerScope, value: Value, shape: Shape): Value {
  return ops.reshape(value, [sizeOf(value.shape), ...shape.slice(2).map(() => 1)]);
}

const batchScale = (layer: LayerOf<'batch-normalisation'>, scope: LayerScope): Value => {
  const { ops, parameter } = scope;
  const deviation = ops.sqrt(ops.add(parameter('variance'), ops.scalar(layer.attributes.epsilon)));
  return alongChannels(scope, ops.div(parameter('scale'), deviation), scope.inputs[0]!.shape);
};

export const batchNormalisation: LayerDefinition<'batch-normalisation'> = {
  forward: (layer, scope) => {
    const { ops, inputs, parameter } = scope;
    const [x] = inputs;
    const centred = ops.sub(x!, alongChannels(scope, parameter('mean'), x!.shape));
    return ops.add(
      ops.mul(centred, batchScale(layer, scope)),
      alongChannels(scope, parameter('shift'), x!.shape),
    );
  },
  gradient: (layer, scope, _output, r) => [scope.ops.mul(r, batchScale(layer, scope))],
};

/** A window over channels as a pool: `[N, C, ...]` is seen as `[N, 1, C, rest]`. */
function channelWindow(shape: Shape, size: number): { view: Shape; pool: PoolAttributes } {
  const rest = sizeOf(shape.slice(2));
  const before = Math.floor((size - 1) / 2);
  return {
    view: [shape[0] ?? BATCH, 1, shape[1]!, isBatch(rest) ? 1 : rest],
    pool: {
      kernel: [size, 1],
      strides: [1, 1],
      dilations: [1, 1],
      padsBegin: [before, 0],
      padsEnd: [size - 1 - before, 0],
    },
  };
}

/** `bias + alpha * mean of squares over the window`, the power's base. */
function responseBase(
  { attributes }: LayerOf<'local-response-normalisation'>,
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

export const localResponseNormalisation: LayerDefinition<'local-response-normalisation'> = {
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
    const own = ops.mul(r, ops.pow(base, ops.scalar(-beta)));
    const inner = ops.mul(ops.mul(r, x!), ops.pow(base, ops.scalar(-beta - 1)));
    const spread = ops.avgPoolInputGradient(
      ops.reshape(inner, view),
      pool,
      view.slice(2) as number[],
    );
    const others = ops.mul(
      ops.mul(x!, ops.reshape(spread, x!.shape)),
      ops.scalar(2 * alpha * beta),
    );
    return [ops.sub(own, others)];
  },
};
