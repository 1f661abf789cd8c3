import { broadcastSteps, forEachBroadcast } from '../../tensor/broadcast.js';
import { formatShape, sameDim } from '../../tensor/shape.js';
import { filled } from '../../tensor/tensor.js';
import { signOfProduct, withZero } from '../sign.js';
import { addMatrixProduct } from './matrix.js';
import { zeroIfAny, type NoAttributes, type Primitive } from './primitive.js';
import { broadcastShapes, misfit } from './shape-rules.js';

/** `[..., m, k]` by `[..., k, n]`, leading axes broadcast. */
export const matmul: Primitive<NoAttributes, 2> = {
  operands: 2,
  isElementwise: false,
  isFolded: false,
  shape: ([a, b], _attributes, kind) => {
    if (a.length < 2 || b.length < 2 || !sameDim(a.at(-1), b.at(-2)))
      misfit(kind, `${formatShape(a)} does not multiply ${formatShape(b)}.`);
    return [...broadcastShapes(kind, [a.slice(0, -2), b.slice(0, -2)]), a.at(-2)!, b.at(-1)!];
  },
  sign: ([a, b]) => withZero(signOfProduct(a, b)),
  isZero: zeroIfAny,
  evaluate: ([a, b], _attributes, shape) => {
    const result = filled(shape, 0);
    const leading = shape.slice(0, -2);
    const [rows, columns] = shape.slice(-2) as [number, number];
    const inner = a.shape.at(-1)!;
    const steps = [a, b].map((operand) => broadcastSteps(operand.shape.slice(0, -2), leading));
    forEachBroadcast(leading, steps, (matrix, [left, right]) => {
      addMatrixProduct(
        a.data.subarray(left! * rows * inner),
        b.data.subarray(right! * inner * columns),
        result.data.subarray(matrix * rows * columns),
        rows,
        inner,
        columns,
      );
    });
    return result;
  },
};
