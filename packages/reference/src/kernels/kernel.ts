import type { OperationKind, OperationOf } from '@patternlens/core';

/** A value while a program runs: float64 numbers in row-major order. */
export interface Value {
  readonly data: Float64Array;
  readonly shape: readonly number[];
}

/** What an operation computes: from its attributes, its operands and the shape of its value. */
export type Kernel<K extends OperationKind> = (
  operation: OperationOf<K>,
  operands: readonly Value[],
  shape: readonly number[],
) => Value;

export function size(shape: readonly number[]): number {
  return shape.reduce((total, dim) => total * dim, 1);
}

export function zeros(shape: readonly number[]): Value {
  return { data: new Float64Array(size(shape)), shape };
}

/** Row-major strides. */
export function strides(shape: readonly number[]): number[] {
  return shape.map((_, axis) => size(shape.slice(axis + 1)));
}
