import { broadcastSteps, forEachBroadcast } from '../../tensor/broadcast.js';
import { product } from '../../tensor/shape.js';
import { unionOfSigns } from '../sign.js';
import { neverZero, type NoAttributes, type Primitive } from './primitive.js';
import { broadcastShapes } from './shape-rules.js';

/** `select(mask, a, b)`: `a` where the mask is not 0, else `b`; operands broadcast. */
export const select: Primitive<NoAttributes, 3> = {
  operands: 3,
  isElementwise: true,
  isFolded: false,
  shape: (operands, _attributes, kind) => broadcastShapes(kind, operands),
  sign: ([, a, b]) => unionOfSigns(a, b),
  isZero: neverZero,
  evaluate: ([mask, a, b], _attributes, shape) => {
    const data = new Float64Array(product(shape));
    const steps = [mask, a, b].map((operand) => broadcastSteps(operand.shape, shape));
    forEachBroadcast(shape, steps, (at, [m, i, j]) => {
      data[at] = mask.data[m!] !== 0 ? a.data[i!]! : b.data[j!]!;
    });
    return { data, shape };
  },
};
