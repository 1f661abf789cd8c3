import type { ProgramBuilder, Value } from '../../program/program-builder.js';

/** Multiplies one axis by a matrix `[out, in]`. */
export function alongAxis(ops: ProgramBuilder, x: Value, axis: number, matrix: Value): Value {
  const axes = x.shape.map((_, a) => a);
  const last = axes.length - 1;
  const permutation = axes.map((a) => (a === axis ? last : a === last ? axis : a));
  const moved = ops.matmul(ops.transpose(x, permutation), ops.transpose(matrix, [1, 0]));
  return ops.transpose(moved, permutation);
}
