import { commonShape } from '@patternlens/core';
import type { NodeView } from '../node-view.js';

/** Elements that one computed constant may have: a file of a few bytes can claim any number. */
export const LARGEST_CONSTANT = 2 ** 27;

/** @throws PatternLensError `invalid-file` where a computed constant would be too large to hold. */
export function limitElements(node: NodeView, count: number): number {
  if (count <= LARGEST_CONSTANT) return count;
  return node.invalid(
    `it would make a constant of ${count} values; at most ${LARGEST_CONSTANT} are computed while a file is read.`,
  );
}

export function broadcastLimit(node: NodeView, ...shapes: readonly (readonly number[])[]): void {
  limitElements(
    node,
    commonShape(...shapes).reduce((total, dim) => total * dim, 1),
  );
}
