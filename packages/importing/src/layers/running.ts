import { limitElements } from '../known/limit-elements.js';
import type { ImportContext } from '../network/import-context.js';
import type { Place } from '../place/place.js';
import { LARGEST_MATRIX } from '../values/limits.js';
import type { RuntimeValue } from '../values/values.js';
import { axisOfSample, sizeAlong } from './axes.js';
import { mapAxes } from './resize.js';

export interface RunningSum {
  readonly axis: number;
  /** Without the entry itself. */
  readonly exclusive: boolean;
  /** From the last entry to the first. */
  readonly reverse: boolean;
}

/** The sum of all entries of an axis up to each. */
export function runningSum(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  { axis, exclusive, reverse }: RunningSum,
): RuntimeValue {
  const counted = axisOfSample(place, x, axis);
  const size = sizeAlong(place, x.shape, counted);
  const data = new Float64Array(limitElements(place, size * size, LARGEST_MATRIX));
  for (let at = 0; at < size; at++)
    for (let from = 0; from < size; from++) {
      const before = reverse ? from - at : at - from;
      if (before > 0 || (before === 0 && !exclusive)) data[at * size + from] = 1;
    }
  const matrix = { data, shape: [size, size] };
  return mapAxes(context, place, x, 'along-axes', [{ axis: counted, matrix }]);
}
