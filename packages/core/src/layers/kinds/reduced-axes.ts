import { PatternLensError } from '../../errors/patternlens-error.js';
import { isBatch, type Shape } from '../../tensor/shape.js';
import { type Reach, wholeAlong } from '../reach/reach.js';

/** Axes that are kept with size 1. */
export interface ReducedAxes {
  readonly axes: readonly number[];
}

/** The number of entries that are reduced to one. */
export function reducedCount(shape: Shape, axes: readonly number[]): number {
  return axes.reduce((total, axis) => {
    const dim = shape[axis]!;
    if (isBatch(dim))
      throw new PatternLensError(
        'core',
        'invalid-shape',
        'a mean over the batch axis is not a mean of one sample.',
      );
    return total * dim;
  }, 1);
}

export const reducedReach: Reach<ReducedAxes> = ({ attributes }, box, shapes) =>
  wholeAlong(box, attributes.axes, shapes);
