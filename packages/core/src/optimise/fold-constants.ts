import { evaluateOperation } from '../program/evaluate-operation.js';
import { inferShape } from '../program/infer-shape.js';
import type { Operation } from '../program/operation.js';
import { primitiveOf } from '../program/primitive-of.js';
import { isBatch } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';

/** The value of an operation on constants, computed once, in float64; undefined for operations that are left to the backend. */
export function foldConstants(
  operation: Operation,
  operands: readonly Tensor[],
): Tensor | undefined {
  if (!primitiveOf(operation).isFolded) return undefined;
  const shape = inferShape(
    operation,
    operands.map((operand) => operand.shape),
  );
  return shape.some(isBatch)
    ? undefined
    : evaluateOperation(operation, operands, shape as number[]);
}
