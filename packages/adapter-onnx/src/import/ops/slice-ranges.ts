import { isBatch, type Shape } from '@patternlens/core';
import type { NodeView } from '../node-view.js';

/** What a slice takes of one axis. */
export interface SliceRange {
  /** Undefined for the batch axis, which is taken whole. */
  readonly places: readonly number[];
  readonly start: number;
  readonly step: number;
}

/** What an ONNX slice takes of every axis; its limits are cut to the axis, as the operator's definition says. */
export function sliceRanges(node: NodeView, shape: Shape): SliceRange[] {
  const starts = node.fixed('starts', 1) ?? node.invalid('its starts are missing.');
  const ends = node.dims('ends', 2) ?? node.invalid('its ends are missing.');
  const axes = (node.fixed('axes', 3) ?? starts.map((_, at) => at)).map((axis) =>
    node.axis(axis, shape.length),
  );
  const steps = node.fixed('steps', 4) ?? starts.map(() => 1);
  if (
    ends.length !== starts.length ||
    axes.length !== starts.length ||
    steps.length !== starts.length
  )
    node.invalid(
      `its ${starts.length} starts, ${ends.length} ends, ${axes.length} axes and ${steps.length} steps must be equally many.`,
    );
  return shape.map((size, axis) => {
    const at = axes.indexOf(axis);
    if (isBatch(size)) {
      const end = ends[at];
      const whole =
        at < 0 || (starts[at] === 0 && steps[at] === 1 && (isBatch(end) || end! >= 2 ** 31 - 1));
      return whole
        ? { places: [], start: 0, step: 1 }
        : node.unsupported('it cuts the batch axis.');
    }
    if (at < 0)
      return { places: Array.from({ length: size }, (_, place) => place), start: 0, step: 1 };
    const end = ends[at]!;
    return rangeOf(
      node,
      size,
      starts[at]!,
      isBatch(end) ? node.unsupported('it ends where the batch does.') : end,
      steps[at]!,
    );
  });
}

function rangeOf(node: NodeView, size: number, from: number, to: number, step: number): SliceRange {
  if (step === 0) node.invalid('a step is 0; steps must be whole numbers above or below it.');
  const wrapped = (place: number): number => (place < 0 ? place + size : place);
  const low = step > 0 ? 0 : -1,
    high = step > 0 ? size : size - 1;
  const start = Math.min(Math.max(wrapped(from), 0), high);
  const end = Math.min(Math.max(to < -size ? low : wrapped(to), low), high);
  const places: number[] = [];
  for (let place = start; step > 0 ? place < end : place > end; place += step) places.push(place);
  return { places, start, step };
}
