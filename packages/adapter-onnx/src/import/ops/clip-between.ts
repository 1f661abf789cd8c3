import type { Handler } from '../handler.js';
import type { NodeView } from '../node-view.js';

/** Values held between two bounds, in the simplest layer that does it. */
export function clipBetween(
  node: NodeView,
  context: Parameters<Handler>[1],
  x: ReturnType<NodeView['runtime']>,
  low: number,
  high: number,
): void {
  // Exporters write the ends of float32 for "no limit".
  const limit = 3.4e38;
  if (low === 0 && high >= limit) context.layer(node, 'rectifier', [x], {});
  else if (low <= -limit && high >= limit) context.layer(node, 'identity', [x], {});
  else
    context.layer(node, 'activation', [x], {
      function: 'clip',
      low: low <= -limit ? -Infinity : low,
      high: high >= limit ? Infinity : high,
    });
}
