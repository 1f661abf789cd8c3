import { isBatch, type Shape } from '@patternlens/core';
import type { NodeView } from '../node-view.js';

/** The size of an axis that must not be the batch. */
export function fixedSize(node: NodeView, shape: Shape, axis: number): number {
  const dim = shape[axis]!;
  return isBatch(dim)
    ? node.unsupported(
        'it works along the batch axis.',
        'Only networks that treat every sample alone can be explained.',
      )
    : dim;
}
