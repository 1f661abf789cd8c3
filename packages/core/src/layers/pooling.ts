import type { PoolAttributes } from '../program/window.js';
import type { Value } from '../program/program-builder.js';
import { windowOutput } from '../program/window.js';
import { product } from '../tensor/shape.js';
import { tensor, type Tensor } from '../tensor/tensor.js';
import type { LayerDefinition, LayerScope } from './layer-definition.js';
import type { LayerOf } from './layer.js';

/** Where each window's maximum came from. */
export function poolSwitches(attributes: PoolAttributes, { ops, inputs, mask }: LayerScope): Value {
  return mask('switches', () => ops.poolSwitches(inputs[0]!, attributes));
}

export const maxPool: LayerDefinition<'max-pool'> = {
  forward: ({ attributes }, scope) => {
    const { ops, inputs } = scope;
    const switches = poolSwitches(attributes, scope);
    return scope.masksGiven
      ? ops.poolBySwitches(inputs[0]!, switches, attributes)
      : ops.maxPool(inputs[0]!, attributes);
  },
  gradient: ({ attributes }, scope, _output, r) => [
    scope.ops.unpool(
      r,
      poolSwitches(attributes, scope),
      attributes,
      scope.inputs[0]!.shape.slice(2) as number[],
    ),
  ],
};

/** The window's number of offsets over the number that counts, for every position; undefined where that is 1 everywhere. */
function countCorrection(
  { attributes: a }: LayerOf<'average-pool'>,
  spatial: readonly number[],
): Tensor | undefined {
  const counts = spatial.map((size, axis) => {
    const low = -a.countedBegin[axis]!,
      high = size + a.countedEnd[axis]!;
    return Array.from({ length: windowOutput(spatial, a)[axis]! }, (_, position) => {
      const start = position * a.strides[axis]! - a.padsBegin[axis]!;
      // Of the offsets `start + k * step`, those from `low` to before `high`.
      const step = a.dilations[axis]!;
      const first = Math.max(Math.ceil((low - start) / step), 0);
      const end = Math.min(Math.ceil((high - start) / step), a.kernel[axis]!);
      return Math.max(end - first, 0);
    });
  });
  const grid = counts.reduce<number[]>(
    (all, own) => all.flatMap((before) => own.map((count) => before * count)),
    [1],
  );
  const total = product(a.kernel);
  if (grid.every((count) => count === total)) return undefined;
  return tensor(
    grid.map((count) => total / Math.max(count, 1)),
    counts.map((own) => own.length),
  );
}

function corrected(
  layer: LayerOf<'average-pool'>,
  { ops, inputs }: LayerScope,
  value: Value,
): Value {
  const correction = countCorrection(layer, inputs[0]!.shape.slice(2) as number[]);
  return correction ? ops.mul(value, ops.constant(correction)) : value;
}

export const averagePool: LayerDefinition<'average-pool'> = {
  forward: (layer, scope) =>
    corrected(layer, scope, scope.ops.avgPool(scope.inputs[0]!, pool(layer))),
  gradient: (layer, scope, _output, r) => [
    scope.ops.avgPoolInputGradient(
      corrected(layer, scope, r),
      pool(layer),
      scope.inputs[0]!.shape.slice(2) as number[],
    ),
  ],
};

function pool({ attributes }: LayerOf<'average-pool'>): PoolAttributes {
  const { kernel, strides, padsBegin, padsEnd, dilations } = attributes;
  return { kernel, strides, padsBegin, padsEnd, dilations };
}
