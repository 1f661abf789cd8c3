import { commonShape, isBatch, type Shape } from '@patternlens/core';
import type { NodeView } from '../node-view.js';

/** Elements that one computed constant may have: a file of a few bytes can claim any number. */
export const LARGEST_CONSTANT = 2 ** 26;

/** Elements that all constants which a file has computed may have. */
export const ALL_CONSTANTS = 2 ** 28;

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
export function limitElements(node: NodeView, count: number): number {
  if (Number.isSafeInteger(count) && count >= 0 && count <= LARGEST_CONSTANT) return count;
  return node.invalid(
    `it would make a constant of ${count} values; 0 to ${LARGEST_CONSTANT} are computed while a file is read.`,
  );
}

export function broadcastLimit(node: NodeView, ...shapes: readonly (readonly number[])[]): void {
  limitElements(
    node,
    commonShape(...shapes).reduce((total, dim) => total * dim, 1),
  );
}
