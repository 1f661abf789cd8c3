import { isBatch } from '@patternlens/core/tensor';
import type { ImportContext } from '../network/import-context.js';
import type { Place } from '../place/place.js';
import { inOrder, range } from '../values/axis-order.js';
import type { RuntimeValue } from '../values/values.js';

/** A value with leading axes of size 1 until it has the given rank, as broadcasting beside something of that rank sees it. The batch, which is not the model's first
 * axis then, stays the network's first. */
export function lifted(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  rank: number,
): RuntimeValue {
  const added = rank - x.shape.length;
  if (added <= 0) return x;
  const batch = Math.max(x.shape.findIndex(isBatch), 0);
  const others = range(x.shape.length).filter((axis) => axis !== batch);
  const first = context.ordered(x, [batch, ...others]);
  const shape = [...new Array<number>(added).fill(1), ...x.shape];
  const order = [batch + added, ...range(added), ...others.map((axis) => axis + added)];
  const at = place.part(`rank-${rank}-of-${x.name}`);
  return context.layer(at, 'reshape', [first], { shape: inOrder(shape, order) }, {}, order);
}
