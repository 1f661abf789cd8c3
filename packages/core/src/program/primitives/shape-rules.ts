import { PatternLensError } from '../../errors/patternlens-error.js';
import {
  type Dim,
  formatShape,
  isBatch,
  sameDim,
  sameShape,
  type Shape,
} from '../../tensor/shape.js';
import { convOutputSize, type PoolAttributes } from '../window.js';

/** Refuses operands or attributes of the kind of operation. */
export function misfit(kind: string, message: string): never {
  throw new PatternLensError('core', 'invalid-shape', `${kind}: ${message}`, { operation: kind });
}

/** The shape that operands broadcast to, aligned at their last axes. */
export function broadcastShapes(kind: string, shapes: readonly Shape[]): Shape {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    let dim: Dim = 1;
    for (const shape of shapes) {
      const size = shape[axis - rank + shape.length];
      if (size === undefined || size === 1) continue;
      if (dim !== 1 && !sameDim(dim, size)) {
        misfit(kind, `shapes ${shapes.map(formatShape).join(' and ')} do not broadcast.`);
      }
      dim = size;
    }
    return dim;
  });
}

/** The sizes of the spatial axes: all behind the batch and the channels. */
export function spatialSizes(kind: string, shape: Shape): number[] {
  return shape
    .slice(2)
    .map((dim) =>
      isBatch(dim)
        ? misfit(kind, `spatial axes of ${formatShape(shape)} must not depend on the batch.`)
        : dim,
    );
}

/** The number of positions of a window along each spatial axis. */
export function windowPositions(
  kind: string,
  input: readonly number[],
  window: PoolAttributes,
): number[] {
  return input.map((size, axis) => {
    const out = convOutputSize(size, axis, window);
    return out > 0
      ? out
      : misfit(
          kind,
          `a kernel of ${window.kernel.join('x')} is larger than the padded input of ${input.join('x')}.`,
        );
  });
}

/** Checks that what comes back has the shape of the forward operation's value. */
export function gradientShape(kind: string, forward: Shape, r: Shape, result: Shape): Shape {
  return sameShape(forward, r)
    ? result
    : misfit(kind, `expected ${formatShape(forward)} to come back, got ${formatShape(r)}.`);
}

/** The shape of the only operand. */
export const sameAsOperand = ([x]: readonly [Shape]): Shape => x;

/** The value of a pool over `[N, C, ...spatial]`. */
export const pooledShape = ([x]: readonly [Shape], pool: PoolAttributes, kind: string): Shape => [
  ...x.slice(0, 2),
  ...windowPositions(kind, spatialSizes(kind, x), pool),
];
