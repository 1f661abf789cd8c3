import { isBatch, type Dim } from '@patternlens/core';
import type { NodeView } from '../node-view.js';
import { limitElements } from './limits.js';

/** The number of elements of a constant that a node makes, within what a file may ask for. */
export function constantSize(dims: readonly Dim[], node: NodeView): number {
  return limitElements(
    node,
    dims.reduce<number>(
      (total, dim) =>
        total *
        (isBatch(dim)
          ? node.unsupported('it makes a constant whose size depends on the batch.')
          : dim),
      1,
    ),
  );
}
