import { isBatch, type Dim } from '@patternlens/core';
import type { NodeView } from '../node-view.js';
import { limitElements } from './limits.js';

/** The number of elements of a constant that a node makes, within what a file may ask for. */
export function constantSize(dims: readonly Dim[], node: NodeView): number {
  const sizes = dims.map((dim) =>
    isBatch(dim)
      ? node.unsupported('it makes a constant whose size depends on the batch.')
      : limitElements(node, dim),
  );
  return limitElements(
    node,
    sizes.reduce((total, size) => total * size, 1),
  );
}
