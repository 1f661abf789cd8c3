import type { Emitter } from './emitter.js';
import { offsetPlane, padded, windowOffsets } from './patches.js';

/** Patches of every sample, times what came back, summed over samples: `[O, P] [P, D]` for each group. */
export const convWeightGradient: Emitter<'convWeightGradient'> = (operation, scope) => {
  const {
    graph,
    line,
    operands: [x, r],
  } = scope;
  const rank = x!.shape.length;
  const output = r!.shape.slice(2) as number[];
  const positions = output.reduce((total, size) => total * size, 1);
  const { groups } = operation;
  const [outputs, channels, ...kernel] = line.shape as [number, number, ...number[]];
  const window = { ...operation, kernel };
  const offsets = windowOffsets(kernel);
  const wide = padded(graph, x!.floats(), rank, window, 0);
  const whole =
    offsets.length === 1 &&
    operation.strides.every((stride) => stride === 1) &&
    wide === x!.floats();
  const planes = whole
    ? [wide]
    : offsets.map((offset) => offsetPlane(graph, wide, rank, window, output, offset));
  // [N, groups, channels, offsets, positions]: the offsets of a channel side by side, as weights have them.
  const columns = planes.map((plane) =>
    graph.node('Reshape', [plane, graph.integers([0, groups, channels, 1, positions])]),
  );
  const patches = columns.length === 1 ? columns[0]! : graph.node('Concat', columns, { axis: 3 });
  const flat = graph.node('Reshape', [
    patches,
    graph.integers([0, groups, channels * offsets.length, positions]),
  ]);
  const back = graph.node('Reshape', [
    r!.floats(),
    graph.integers([0, groups, outputs / groups, positions]),
  ]);
  const each = graph.node('MatMul', [
    back,
    graph.node('Transpose', [flat], { perm: [0, 1, 3, 2] }),
  ]);
  const total = graph.node('ReduceSum', [each, graph.integers([0])], { keepdims: 0 });
  return graph.node('Reshape', [total, graph.integers([outputs, channels, ...kernel])]);
};
