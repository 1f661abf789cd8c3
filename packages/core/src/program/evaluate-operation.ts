import type { Tensor } from '../tensor/tensor.js';
import type { Operation } from './operation.js';
import { primitiveOf } from './primitive-of.js';

/** The value of an operation, by the definition of its primitive: in float64.
 * @param shape of the value, with the batch put in
 * @throws PatternLensError `invalid-program` for an input, whose value is handed in. */
export function evaluateOperation(
  operation: Operation,
  operands: readonly Tensor[],
  shape: readonly number[],
): Tensor {
  return primitiveOf(operation).evaluate(operands, operation, shape);
}
