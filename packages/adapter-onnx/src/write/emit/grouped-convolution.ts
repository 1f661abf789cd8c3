import type { Attributes } from '../graph-builder.js';
import type { EmitScope } from './emitter.js';

/** A convolution in groups. The kernels of WebGPU have none in three dimensions: there, each group is a convolution by itself. */
export function groupedConvolution(
  { graph, style }: EmitScope,
  x: string,
  w: string,
  groups: number,
  rank: number,
  attributes: Attributes,
): string {
  if (style !== 'shader' || rank < 3 || groups === 1)
    return graph.node('Conv', [x, w], { ...attributes, group: groups });
  const inputs = graph.nodes('Split', [x], { axis: 1 }, groups);
  const weights = graph.nodes('Split', [w], { axis: 0 }, groups);
  const outputs = inputs.map((part, at) => graph.node('Conv', [part, weights[at]!], attributes));
  return graph.node('Concat', outputs, { axis: 1 });
}
