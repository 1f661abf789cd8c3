import { isBatch } from '@patternlens/core';
import type { Handler } from '../handler.js';
import type { ImportContext } from '../import-context.js';
import type { RuntimeValue } from '../imported.js';
import type { NodeView } from '../node-view.js';
import { fixedSize } from './fixed-size.js';
import { limitElements } from './limits.js';

const range = (size: number): number[] => Array.from({ length: size }, (_, at) => at);

/** Where a padded axis of the given size reads its entries, for modes that repeat them. */
function paddedPlaces(mode: string, size: number, begin: number, end: number): number[] {
  const period = 2 * size - 2;
  return range(begin + size + end).map((at) => {
    const place = at - begin;
    if (mode === 'edge') return Math.min(Math.max(place, 0), size - 1);
    if (mode === 'wrap') return ((place % size) + size) % size;
    if (period <= 0) return 0;
    const folded = ((place % period) + period) % period;
    return folded < size ? folded : period - folded;
  });
}

export const Pad: Handler = (node, context) => {
  const x = node.runtime(0);
  const rank = x.shape.length;
  const given = node.fixed('pads', 1) ?? node.invalid('its pads are missing.');
  const axes = (node.fixed('axes', 3) ?? range(rank)).map((axis) => node.axis(axis, rank));
  if (given.length !== 2 * axes.length)
    node.invalid(`its pads [${given.join(', ')}] must be two for each of ${axes.length} axes.`);
  const begin = range(rank).map((axis) => (axes.includes(axis) ? given[axes.indexOf(axis)]! : 0));
  const end = range(rank).map((axis) =>
    axes.includes(axis) ? given[axes.length + axes.indexOf(axis)]! : 0,
  );
  if (begin[0] !== 0 || end[0] !== 0) node.unsupported('it pads the batch axis.');
  const cut = cutNegative(node, context, x, begin, end);
  const mode = node.string('mode', 'constant');
  for (const axis of axes) limitElements(node, Math.max(begin[axis]!, 0) + Math.max(end[axis]!, 0));
  const grow = (sizes: readonly number[]): number[] => sizes.map((size) => Math.max(size, 0));
  if (mode === 'constant') {
    context.layer(node, 'pad', [cut], {
      begin: grow(begin),
      end: grow(end),
      value: node.number('value', 2, 0),
    });
    return;
  }
  if (mode !== 'reflect' && mode !== 'edge' && mode !== 'wrap')
    node.unsupported(`its mode "${mode}".`);
  const padded = range(rank).filter((axis) => begin[axis]! > 0 || end[axis]! > 0);
  const made = padded.reduce<RuntimeValue>((value, axis) => {
    const indices = paddedPlaces(
      mode,
      fixedSize(node, value.shape, axis),
      Math.max(begin[axis]!, 0),
      Math.max(end[axis]!, 0),
    );
    return context.step(node, `${mode}-${axis}`, 'gather', [value], { axis, indices });
  }, cut);
  context.layer(node, 'identity', [made], {});
};

/** Negative pads cut the input. */
function cutNegative(
  node: NodeView,
  context: ImportContext,
  x: RuntimeValue,
  begin: readonly number[],
  end: readonly number[],
): RuntimeValue {
  if ([...begin, ...end].every((size) => size >= 0)) return x;
  const starts = begin.map((size) => Math.max(-size, 0));
  const sizes = x.shape.map((dim, axis) =>
    isBatch(dim) ? dim : dim - starts[axis]! - Math.max(-end[axis]!, 0),
  );
  return context.step(node, 'cut', 'slice', [x], { starts, sizes, steps: starts.map(() => 1) });
}
