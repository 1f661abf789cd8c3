import type { ConvAttributes } from '@patternlens/core/backend';
import type { Emitted, EmitScope } from './emitter.js';
import { groupedConvolution } from './grouped-convolution.js';

type Attributes = Omit<ConvAttributes, 'groups'> & {
  readonly groups: number;
  readonly inputSpatial: readonly number[];
};

/** Zeros behind every entry of a spatial axis, so that it becomes `stride` times as long. */
function stuffed(
  { graph }: EmitScope,
  r: string,
  spatial: readonly number[],
  axis: number,
  stride: number,
): string {
  const column = graph.node('Unsqueeze', [r, graph.integers([axis + 3])]);
  const pads = new Array<number>(2 * (spatial.length + 3)).fill(0);
  pads[spatial.length + 3 + axis + 3] = stride - 1;
  const wide = graph.node('Pad', [column, graph.integers(pads), graph.scalar(0)], {
    mode: 'constant',
  });
  const sizes = spatial.map((size, index) => (index === axis ? size * stride : size));
  return graph.node('Reshape', [wide, graph.integers([0, 0, ...sizes])]);
}

/** Weights that are computed, their kernels turned round, inputs and outputs exchanged within each group. */
export function turnedWeights({ graph }: EmitScope, w: Emitted, groups: number): string {
  const [outputs, inputs, ...kernel] = w.shape as number[];
  const parts = graph.node('Reshape', [
    w.floats(),
    graph.integers([groups, outputs! / groups, inputs!, ...kernel]),
  ]);
  const exchanged = graph.node('Transpose', [parts], {
    perm: [0, 2, 1, ...kernel.map((_, axis) => axis + 3)],
  });
  const whole = graph.node('Reshape', [
    exchanged,
    graph.integers([groups * inputs!, outputs! / groups, ...kernel]),
  ]);
  return graph.node('Slice', [
    whole,
    graph.integers(kernel.map(() => -1)),
    graph.integers(kernel.map((size) => -size - 1)),
    graph.integers(kernel.map((_, axis) => axis + 2)),
    graph.integers(kernel.map(() => -1)),
  ]);
}

/** A transposed convolution as a plain one: zeros between the entries, and kernels turned round.
 * @param turned The turned weights, `[C, O/groups, ...kernel]`. */
export function stuffedConvolution(
  scope: EmitScope,
  { strides, dilations, padsBegin, groups, inputSpatial }: Attributes,
  turned: string,
  kernel: readonly number[],
): string {
  const { graph } = scope;
  const r = scope.operands[0]!;
  const sizes = [...(r.shape.slice(2) as number[])];
  let value = r.floats();
  strides.forEach((stride, axis) => {
    if (stride === 1) return;
    value = stuffed(scope, value, sizes, axis, stride);
    sizes[axis]! *= stride;
  });
  const span = kernel.map((size, axis) => (size - 1) * dilations[axis]!);
  const before = span.map((size, axis) => size - padsBegin[axis]!);
  const behind = span.map(
    (size, axis) => inputSpatial[axis]! - sizes[axis]! - before[axis]! + size,
  );
  // What would be padded by less than nothing is cut.
  const starts = before.map((size) => Math.max(0, -size));
  const ends = behind.map((size, axis) => sizes[axis]! - Math.max(0, -size));
  if (starts.some((start) => start > 0) || ends.some((end, axis) => end < sizes[axis]!))
    value = graph.node('Slice', [
      value,
      graph.integers(starts),
      graph.integers(ends),
      graph.integers(sizes.map((_, axis) => axis + 2)),
    ]);
  return groupedConvolution(scope, value, turned, groups, kernel.length, {
    dilations,
    pads: [...before, ...behind].map((size) => Math.max(0, size)),
  });
}
