import type { PoolAttributes } from '@patternlens/core/backend';
import type { GraphBuilder } from '../graph-builder.js';

/** Every offset of a window, in row-major order. */
export function windowOffsets(kernel: readonly number[]): number[][] {
  return kernel.reduce<number[][]>(
    (all, size) =>
      all.flatMap((before) => Array.from({ length: size }, (_, at) => [...before, at])),
    [[]],
  );
}

/** The input with its padding, and as far as the last window reaches. */
export function padded(
  graph: GraphBuilder,
  x: string,
  rank: number,
  window: PoolAttributes,
  value: number,
): string {
  const lead = new Array<number>(rank - window.kernel.length).fill(0);
  const pads = [...lead, ...window.padsBegin, ...lead, ...window.padsEnd];
  return pads.every((size) => size === 0)
    ? x
    : graph.node('Pad', [x, graph.integers(pads), graph.scalar(value)], { mode: 'constant' });
}

/** What one offset of all windows reads, out of the padded input. */
export function offsetPlane(
  graph: GraphBuilder,
  paddedInput: string,
  rank: number,
  window: PoolAttributes,
  output: readonly number[],
  offset: readonly number[],
): string {
  const spatial = window.kernel.map((_, axis) => rank - window.kernel.length + axis);
  const starts = offset.map((step, axis) => step * window.dilations[axis]!);
  const ends = starts.map((start, axis) => start + (output[axis]! - 1) * window.strides[axis]! + 1);
  return graph.node('Slice', [
    paddedInput,
    graph.integers(starts),
    graph.integers(ends),
    graph.integers(spatial),
    graph.integers(window.strides),
  ]);
}
