import { isBatch } from '@patternlens/core/tensor';
import {
  build,
  range,
  type Borders,
  type ImportContext,
  type Operation,
  type RuntimeValue,
} from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';

/** What is added before and behind each axis; what is below 0 is cut. */
function bordersOf(node: OnnxNode, rank: number): Borders {
  const given = node.fixed('pads', 1) ?? node.invalid('its pads are missing.');
  const axes = node.axes('axes', 3, rank) ?? range(rank);
  if (given.length !== 2 * axes.length)
    node.invalid(`its pads [${given.join(', ')}] must be two for each of ${axes.length} axes.`);
  const side = (from: number): number[] =>
    range(rank).map((axis) => (axes.includes(axis) ? given[from + axes.indexOf(axis)]! : 0));
  return { begin: side(0), end: side(axes.length) };
}

/** Negative pads cut the input. */
function cutNegative(
  node: OnnxNode,
  context: ImportContext,
  x: RuntimeValue,
  { begin, end }: Borders,
): RuntimeValue {
  if ([...begin, ...end].every((size) => size >= 0)) return x;
  const starts = begin.map((size) => Math.max(-size, 0));
  const sizes = x.shape.map((dim, axis) =>
    isBatch(dim) ? dim : dim - starts[axis]! - Math.max(-end[axis]!, 0),
  );
  return build.slice(context, node.part('cut'), x, { starts, sizes });
}

export const pad: Operation<OnnxNode> = (node, context) => {
  const x = node.runtime(0);
  const borders = bordersOf(node, x.shape.length);
  if (
    x.shape.some(
      (dim, axis) => isBatch(dim) && (borders.begin[axis] !== 0 || borders.end[axis] !== 0),
    )
  )
    node.unsupported('it pads the batch axis.');
  const cut = cutNegative(node, context, x, borders);
  const grow = (sizes: readonly number[]): number[] => sizes.map((size) => Math.max(size, 0));
  const added = { begin: grow(borders.begin), end: grow(borders.end) };
  const mode = node.string('mode', 'constant');
  if (mode === 'constant') return build.pad(context, node, cut, added, node.number('value', 2, 0));
  if (mode !== 'reflect' && mode !== 'edge' && mode !== 'wrap')
    return node.unsupported(`its mode "${mode}".`);
  const made = build.padByRepeating(context, node, cut, added, { mode, word: mode });
  return context.layer(node, 'identity', [made], {});
};
