import type { Value } from '../../program/program-builder.js';
import { windowOutput, type PoolAttributes } from '../../program/window.js';
import { product } from '../../tensor/shape.js';
import { tensor, type Tensor } from '../../tensor/tensor.js';
import { positionShare, scaleMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition, LayerScope } from '../layer-definition.js';
import type { LayerWith } from '../layer-with.js';
import { replaceRanges, spatialRanges } from '../reach/reach.js';
import { windowRanges } from '../reach/window-ranges.js';

/** The end pads hold what ceil mode adds; `counted` are the pads that count in the divisor (none: `[0, 0]` each). */
export interface AveragePoolAttributes extends PoolAttributes {
  readonly countedBegin: readonly number[];
  readonly countedEnd: readonly number[];
}

/** The window's number of offsets over the number that counts, for every position; undefined where that is 1 everywhere. */
function countCorrection(
  { attributes: a }: LayerWith<AveragePoolAttributes>,
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
    (all, axisCounts) => all.flatMap((before) => axisCounts.map((count) => before * count)),
    [1],
  );
  const total = product(a.kernel);
  if (grid.every((count) => count === total)) return undefined;
  return tensor(
    grid.map((count) => total / Math.max(count, 1)),
    counts.map((axisCounts) => axisCounts.length),
  );
}

function corrected(
  layer: LayerWith<AveragePoolAttributes>,
  { ops, inputs }: LayerScope,
  value: Value,
): Value {
  const correction = countCorrection(layer, inputs[0]!.shape.slice(2) as number[]);
  return correction ? ops.mul(value, ops.constant(correction)) : value;
}

/** The mean of each window. */
export const averagePool: LayerDefinition<AveragePoolAttributes> = {
  group: 'average',
  axisOrder: 'channels-at-1',
  forward: (layer, scope) =>
    corrected(layer, scope, scope.ops.avgPool(scope.inputs[0]!, pool(layer))),
  gradient: (layer, scope, _output, r) => [
    scope.ops.avgPoolInputGradient(
      corrected(layer, scope, r),
      pool(layer),
      scope.inputs[0]!.shape.slice(2) as number[],
    ),
  ],
  reach: ({ attributes }, box, { inputs: [first] }) =>
    replaceRanges(box, spatialRanges(windowRanges(box, attributes.kernel, attributes, first!))),
  expectedMagnitude: (magnitude, index, backward) =>
    scaleMagnitude(magnitude, positionShare(index, backward)),
};

function pool({ attributes }: LayerWith<AveragePoolAttributes>): PoolAttributes {
  const { kernel, strides, padsBegin, padsEnd, dilations } = attributes;
  return { kernel, strides, padsBegin, padsEnd, dilations };
}
