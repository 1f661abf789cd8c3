import type { EmitScope } from './emitter.js';

/** Joins arrays so that their entries take turns along a spatial axis of an image; `spatial` are the sizes of one of them. */
export function interleave(
  { graph }: EmitScope,
  parts: readonly string[],
  axis: number,
  spatial: readonly number[],
): string {
  const at = graph.integers([axis + 1]);
  const columns = parts.map((part) => graph.node('Unsqueeze', [part, at]));
  const joined = graph.node('Concat', columns, { axis: axis + 1 });
  const whole = spatial.map((size, index) => (index + 2 === axis ? size * parts.length : size));
  return graph.node('Reshape', [joined, graph.integers([0, 0, ...whole])]);
}
