import { commonShape, isBatch, type Shape } from '@patternlens/core';
import type { NodeView } from '../node-view.js';

/** Elements that one computed constant may have beyond what it is computed from: a file of a few bytes can claim any number. */
export const LARGEST_CONSTANT = 2 ** 22;

/** Elements of the matrix that resizes an axis. */
export const LARGEST_MATRIX = 2 ** 26;

/** Elements that all constants which a file has computed may have, and the times of those that it stores which come on top. */
export const ALL_CONSTANTS = 2 ** 25;
export const TIMES_STORED = 8;

/** Elements that a value of one sample may have. */
export const LARGEST_VALUE = 2 ** 28;

/** Whether all sizes are whole and above 0, and no sample is too large. */
export function isValueShape(shape: Shape): boolean {
  const sizes = shape.map((dim) => (isBatch(dim) ? dim.batch : dim));
  return (
    sizes.every((size) => Number.isSafeInteger(size) && size > 0) &&
    sizes.reduce((total, size) => total * size, 1) <= LARGEST_VALUE
  );
}

/** @throws PatternLensError `invalid-file` where a computed constant would be too large to hold. */
export function limitElements(
  node: NodeView,
  count: number,
  atLeast: number = LARGEST_CONSTANT,
): number {
  const given = node.inputs.map((input) =>
    input?.kind === 'constant' ? input.tensor.data.length : 0,
  );
  const most = Math.max(atLeast, ...given);
  if (Number.isSafeInteger(count) && count >= 0 && count <= most) return count;
  return node.invalid(
    `it would make a constant of ${count} values; 0 to ${most} are computed while a file is read.`,
  );
}

export function broadcastLimit(node: NodeView, ...shapes: readonly (readonly number[])[]): void {
  limitElements(
    node,
    commonShape(...shapes).reduce((total, dim) => total * dim, 1),
  );
}
