import type { ProgramBuilder, Value } from '../../program/program-builder.js';
import { sameDim, sameShape, type Shape } from '../../tensor/shape.js';

/** The transpose of broadcasting `shape` to the shape of `r`: sums over the repeated axes. */
export function unbroadcast(ops: ProgramBuilder, r: Value, shape: Shape): Value {
  if (sameShape(r.shape, shape)) return r;
  const added = r.shape.length - shape.length;
  const axes = r.shape.flatMap((dim, axis) => {
    const size = shape[axis - added];
    return axis < added || (size === 1 && !sameDim(dim, 1)) ? [axis] : [];
  });
  return ops.reshape(ops.reduceSum(r, axes), shape);
}
