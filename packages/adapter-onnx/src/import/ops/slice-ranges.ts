import type { Shape } from '@patternlens/core';
import { sliceRange, wholeAxis, type SliceRange } from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';

/** What an ONNX slice takes of every axis. */
export function sliceRanges(node: OnnxNode, shape: Shape, fixedBatch?: number): SliceRange[] {
  const starts = node.fixed('starts', 1) ?? node.invalid('its starts are missing.');
  const ends = node.dims('ends', 2) ?? node.invalid('its ends are missing.');
  const axes =
    node.axes('axes', 3, shape.length) ?? starts.map((_, at) => node.axis(at, shape.length));
  const steps = node.fixed('steps', 4) ?? starts.map(() => 1);
  if ([ends, axes, steps].some(({ length }) => length !== starts.length))
    node.invalid(
      `its ${starts.length} starts, ${ends.length} ends, ${axes.length} axes and ${steps.length} steps must be equally many.`,
    );
  return shape.map((size, axis) => {
    const at = axes.indexOf(axis);
    if (at < 0) return wholeAxis(size);
    const limits = { begin: starts[at], end: ends[at], step: steps[at]! };
    return sliceRange(node, size, limits, fixedBatch);
  });
}
