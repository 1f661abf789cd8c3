import type { PoolAttributes } from '../../program/window.js';
import type { Shape } from '../../tensor/shape.js';
import { positionShare, scaleMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition } from '../layer-definition.js';
import { reducedCount, reducedReach, type ReducedAxes } from './reduced-axes.js';

/** A mean over all spatial axes as one window that covers them: runtimes have fast kernels for it. */
function coveringWindow(shape: Shape, axes: readonly number[]): PoolAttributes | undefined {
  const kernel = shape.slice(2) as number[];
  if (
    kernel.length === 0 ||
    kernel.length > 3 ||
    axes.length !== kernel.length ||
    axes.includes(0) ||
    axes.includes(1)
  )
    return undefined;
  const ones = kernel.map(() => 1),
    zeros = kernel.map(() => 0);
  return { kernel, strides: ones, dilations: ones, padsBegin: zeros, padsEnd: zeros };
}

/** The mean over the given axes. */
export const mean: LayerDefinition<ReducedAxes> = {
  group: 'average',
  axisOrder: 'unknown',
  forward: ({ attributes: { axes } }, { ops, inputs }) => {
    const [x] = inputs;
    const window = coveringWindow(x!.shape, axes);
    return window
      ? ops.avgPool(x!, window)
      : ops.mul(ops.reduceSum(x!, axes), ops.scalar(1 / reducedCount(x!.shape, axes)));
  },
  gradient: ({ attributes: { axes } }, { ops, inputs }, _output, r) => {
    const { shape } = inputs[0]!;
    return [ops.broadcast(ops.mul(r, ops.scalar(1 / reducedCount(shape, axes))), shape)];
  },
  reach: reducedReach,
  expectedMagnitude: (magnitude, index, backward) =>
    scaleMagnitude(magnitude, positionShare(index, backward)),
};
