import { broadcastSteps, forEachBroadcast } from '../../tensor/broadcast.js';
import { formatShape, product, sameShape, type Shape } from '../../tensor/shape.js';
import { zeroIfFirst, type Primitive } from './primitive.js';
import { broadcastShapes, misfit } from './shape-rules.js';

/** Repeats axes of size 1, and adds leading axes, until the shape is reached. */
export const broadcast: Primitive<{ readonly shape: Shape }> = {
  operands: 1,
  isElementwise: false,
  isFolded: false,
  shape: ([x], { shape }, kind) =>
    sameShape(broadcastShapes(kind, [x, shape]), shape)
      ? shape
      : misfit(kind, `${formatShape(x)} does not broadcast to ${formatShape(shape)}.`),
  sign: ([x]) => x,
  isZero: zeroIfFirst,
  evaluate: ([x], _attributes, shape) => {
    const data = new Float64Array(product(shape));
    forEachBroadcast(shape, [broadcastSteps(x.shape, shape)], (at, [from]) => {
      data[at] = x.data[from!]!;
    });
    return { data, shape };
  },
};
