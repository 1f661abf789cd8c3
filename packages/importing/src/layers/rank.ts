import type { ImportContext } from '../network/import-context.js';
import type { Place } from '../place/place.js';
import { range } from '../values/axis-order.js';
import type { RuntimeValue } from '../values/values.js';
import { addAxes } from './layout.js';

/** A value with axes of size 1 before its own until it has the given rank, as broadcasting beside something of that rank sees it. */
export function lifted(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  rank: number,
): RuntimeValue {
  const added = rank - x.shape.length;
  if (added <= 0) return x;
  return addAxes(context, place.part(`rank-${rank}-of-${x.name}`), x, range(added));
}
