import { isBatch } from '@patternlens/core';
import type { ImportContext } from '../import-context.js';
import { MOST_POSITIONS } from '../limits.js';
import { axisInOrder } from '../order.js';
import type { Place } from '../place.js';
import type { RuntimeValue } from '../values.js';
import { dropAxes } from './layout.js';
import { spatialOf, windowOf, type WindowSpec } from './windows.js';

export interface PoolSpec extends WindowSpec {
  readonly kernel: readonly number[];
}

/** The largest or the mean of each window; what a mean pads with does not count. */
export function pool(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  kind: 'max-pool' | 'average-pool',
  { kernel, ...spec }: PoolSpec,
): RuntimeValue {
  const spatial = spatialOf(place, x.shape, spec.channelsLast);
  const window = windowOf(place, kernel, spatial, spec);
  const positions = spatial.reduce(
    (total, size, axis) =>
      total *
      ((size + window.padsBegin[axis]! + window.padsEnd[axis]! - kernel[axis]!) /
        window.strides[axis]! +
        1),
    1,
  );
  if (positions > MOST_POSITIONS)
    place.invalid(`its window has more than ${MOST_POSITIONS} positions.`);
  if (kernel.some((size, a) => window.padsBegin[a]! >= size || window.padsEnd[a]! >= size))
    place.invalid('a window lies in its padding alone.');
  const inputs = [context.ordered(x, spec.channelsLast)];
  const none = spatial.map(() => 0);
  const attributes = { ...window, kernel };
  return kind === 'max-pool'
    ? context.layer(place, kind, { inputs, attributes }, spec.channelsLast)
    : context.layer(
        place,
        kind,
        { inputs, attributes: { ...attributes, countedBegin: none, countedEnd: none } },
        spec.channelsLast,
      );
}

export type Reduction = 'mean' | 'sum' | 'maximum-over-axes';

/** A reduction over TensorFlow's axes, which are kept with size 1 or dropped. */
export function reduce(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  kind: Reduction,
  { axes, keep }: { readonly axes: readonly number[]; readonly keep: boolean },
): RuntimeValue {
  const rank = x.shape.length;
  if (axes.some((axis) => isBatch(x.shape[axis])))
    return place.unsupported('it reduces over the batch.');
  if (axes.length === 0) return x;
  const stored = axes.map((axis) => axisInOrder(axis, rank, x.channelsFirst)).sort((a, b) => a - b);
  const made = context.layer(
    place,
    kind,
    { inputs: [x], attributes: { axes: stored } },
    x.channelsFirst,
  );
  return keep ? made : dropAxes(context, place, made, axes, 'squeeze');
}
