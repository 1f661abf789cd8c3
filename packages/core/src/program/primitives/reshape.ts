import { formatShape, sameDim, sizeOf, type Shape } from '../../tensor/shape.js';
import { zeroIfFirst, type Primitive } from './primitive.js';
import { misfit } from './shape-rules.js';

/** The same elements in row-major order, in another shape. */
export const reshape: Primitive<{ readonly shape: Shape }> = {
  operands: 1,
  isElementwise: false,
  isFolded: true,
  shape: ([x], { shape }, kind) =>
    sameDim(sizeOf(x), sizeOf(shape))
      ? shape
      : misfit(kind, `${formatShape(x)} does not fill ${formatShape(shape)}.`),
  sign: ([x]) => x,
  isZero: zeroIfFirst,
  evaluate: ([x], _attributes, shape) => ({ data: x.data, shape }),
};
