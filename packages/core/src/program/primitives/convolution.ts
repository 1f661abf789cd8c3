import { formatShape, isBatch, type Shape } from '../../tensor/shape.js';
import { signOfProduct, withZero, type Sign } from '../sign.js';
import type { ConvAttributes } from '../window.js';
import { inputGradient, product, weightGradient } from './convolution-kernels.js';
import { zeroIfAny, type Primitive } from './primitive.js';
import { gradientShape, misfit, spatialSizes, windowPositions } from './shape-rules.js';

function outputShape(kind: string, a: ConvAttributes, x: Shape, w: Shape): Shape {
  const channels = x[1];
  const [outputs, perGroup, ...kernel] = w as number[];
  if (w.some(isBatch) || x.length !== w.length || x.length < 3) {
    misfit(kind, `input ${formatShape(x)} does not fit weights ${formatShape(w)}.`);
  }
  if (channels !== perGroup! * a.groups || outputs! % a.groups !== 0) {
    misfit(
      kind,
      `input ${formatShape(x)} does not fit weights ${formatShape(w)} in ${a.groups} groups.`,
    );
  }
  return [x[0]!, outputs!, ...windowPositions(kind, spatialSizes(kind, x), { ...a, kernel })];
}

const sumOfProducts = ([a, b]: readonly [Sign, Sign]): Sign => withZero(signOfProduct(a, b));

/** `x [N, C, ...]` with `w [O, C/groups, ...kernel]` to `[N, O, ...]`, without a bias. */
export const conv: Primitive<ConvAttributes, 2> = {
  operands: 2,
  isElementwise: false,
  isFolded: false,
  shape: ([x, w], attributes, kind) => outputShape(kind, attributes, x, w),
  sign: sumOfProducts,
  isZero: zeroIfAny,
  evaluate: product,
};

/** The transpose of `conv` in its input: `r [N, O, ...]`, `w` to `[N, C, ...inputSpatial]`. */
export const convInputGradient: Primitive<
  ConvAttributes & { readonly inputSpatial: readonly number[] },
  2
> = {
  operands: 2,
  isElementwise: false,
  isFolded: false,
  shape: ([r, w], attributes, kind) => {
    const { groups, inputSpatial } = attributes;
    const input = [r[0]!, (w[1] as number) * groups, ...inputSpatial];
    return gradientShape(kind, outputShape(kind, attributes, input, w), r, input);
  },
  sign: sumOfProducts,
  isZero: zeroIfAny,
  evaluate: inputGradient,
};

/** The transpose of `conv` in its weights, summed over the batch: `x`, `r [N, O, ...]` to `[O, C/groups, ...kernel]`. */
export const convWeightGradient: Primitive<
  ConvAttributes & { readonly kernel: readonly number[] },
  2
> = {
  operands: 2,
  isElementwise: false,
  isFolded: false,
  shape: ([x, r], attributes, kind) => {
    const { groups, kernel } = attributes;
    const weights = [r[1]!, (x[1] as number) / groups, ...kernel];
    return gradientShape(kind, outputShape(kind, attributes, x, weights), r, weights);
  },
  sign: sumOfProducts,
  isZero: zeroIfAny,
  evaluate: weightGradient,
};
