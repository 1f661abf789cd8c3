import type { ImportContext } from '../network/import-context.js';
import type { Place } from '../place/place.js';
import type { RuntimeValue } from '../values/values.js';
import { along, axisOfSample, sizeAlong } from './axes.js';

/** Entries that are looked for one after another. */
const MOST = 64;

export interface TopK {
  readonly axis: number;
  readonly count: number;
  readonly largest: boolean;
}

/** The largest, or smallest, entries of an axis in their order. */
export function topK(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  { axis, count, largest }: TopK,
): RuntimeValue {
  const counted = axisOfSample(place, x, axis);
  const size = sizeAlong(place, x.shape, counted);
  if (!Number.isInteger(count) || count < 1 || count > size)
    place.invalid(`it takes ${count} of an axis of ${size} entries.`);
  if (count > MOST) place.unsupported(`it takes ${count} entries; at most ${MOST} are supported.`);
  const { value, axes } = along(context, place, x, [counted]);
  const attributes = { axis: axes[0]!, count, largest };
  return context.layer(place, 'top-k', [value], attributes, {}, 'as-first');
}
