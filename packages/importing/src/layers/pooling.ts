import { type PoolAttributes } from '@patternlens/core/backend';
import { isBatch } from '@patternlens/core/tensor';
import type { ImportContext } from '../network/import-context.js';
import { SAMPLES_ALONE, type Place } from '../place/place.js';
import { isModelOrder } from '../values/axis-order.js';
import { MOST_POSITIONS } from '../values/limits.js';
import type { RuntimeValue } from '../values/values.js';
import { along } from './axes.js';
import { dropAxes } from './layout.js';
import {
  forImages,
  spansOf,
  spatialOf,
  windowed,
  windowForImages,
  windowOf,
  type WindowSpec,
} from './windows.js';

export interface PoolSpec extends WindowSpec {
  readonly kernel: readonly number[];
  /** A last window that is only begun counts too. */
  readonly ceil?: boolean;
  /** A mean counts what its window pads with. */
  readonly countsPads?: boolean;
}

/** What lies around the input of a pool, with what a last window that is only begun needs. */
export function poolPads(
  place: Place,
  x: RuntimeValue,
  { kernel, ceil = false, ...spec }: PoolSpec,
): Pick<PoolAttributes, 'padsBegin' | 'padsEnd'> {
  const spatial = spatialOf(place, x.shape, spec.channelsLast);
  const window = { ...windowOf(place, kernel, spatial, spec), kernel };
  checkPositions(place, window, spatial);
  const { padsBegin, padsEnd } = window;
  return { padsBegin, padsEnd: ceil ? ceilPads(window, spatial) : padsEnd };
}

/** The largest or the mean of each window. */
export function pool(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  kind: 'max-pool' | 'average-pool',
  { kernel, ceil = false, countsPads = false, ...spec }: PoolSpec,
): RuntimeValue {
  const spatial = spatialOf(place, x.shape, spec.channelsLast);
  const window = { ...windowOf(place, kernel, spatial, spec), kernel };
  checkPositions(place, window, spatial);
  const input = windowed(context, place, x, spec.channelsLast);
  const padsEnd = ceil ? ceilPads(window, spatial) : window.padsEnd;
  const attributes = {
    ...windowForImages(input, { ...window, padsEnd }),
    kernel: forImages(input, kernel, 1),
  };
  const inputs = [input.value];
  if (kind === 'max-pool') return context.layer(place, kind, inputs, attributes, {}, 'as-first');
  const none = spatial.map(() => 0);
  const counted = {
    ...attributes,
    countedBegin: forImages(input, countsPads ? window.padsBegin : none, 0),
    countedEnd: forImages(input, countsPads ? window.padsEnd : none, 0),
  };
  return context.layer(place, kind, inputs, counted, {}, 'as-first');
}

/** No window of a pool may lie in the padding alone, where there is nothing to pool. */
function checkPositions(place: Place, window: PoolAttributes, spatial: readonly number[]): void {
  const { kernel, strides, dilations, padsBegin, padsEnd } = window;
  const spans = spansOf(kernel, dilations);
  if (spans.some((span, axis) => padsBegin[axis]! >= span || padsEnd[axis]! >= span))
    place.invalid(
      `its pads [${[...padsBegin, ...padsEnd].join(', ')}] are not smaller than its kernel [${kernel.join(', ')}].`,
    );
  const positions = spatial.map(
    (size, axis) => (size + padsBegin[axis]! + padsEnd[axis]! - spans[axis]!) / strides[axis]! + 1,
  );
  if (positions.reduce((total, count) => total * count, 1) > MOST_POSITIONS)
    place.invalid(
      `its window has more than ${MOST_POSITIONS} positions in an input of [${spatial.join(', ')}].`,
      'Fewer are supported.',
    );
}

/** End pads so that a last window that is only begun counts too; one that would begin in the padding does not. */
function ceilPads(window: PoolAttributes, spatial: readonly number[]): number[] {
  const { kernel, strides, dilations, padsBegin, padsEnd } = window;
  const spans = spansOf(kernel, dilations);
  return spatial.map((size, axis) => {
    const stride = strides[axis]!,
      span = spans[axis]!;
    const padded = size + padsBegin[axis]! + padsEnd[axis]!;
    let count = Math.ceil((padded - span) / stride) + 1;
    if ((count - 1) * stride >= size + padsBegin[axis]!) count--;
    return padsEnd[axis]! + Math.max(0, (count - 1) * stride + span - padded);
  });
}

export type Reduction =
  'mean' | 'sum' | 'maximum-over-axes' | 'minimum-over-axes' | 'product-over-axes';

/** A reduction over some of the model's axes, which are kept with size 1.
 * @param dropped The place of the value without these axes, where they are dropped. */
export function reduce(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  kind: Reduction,
  axes: readonly number[],
  dropped?: Place,
): RuntimeValue {
  if (axes.some((axis) => isBatch(x.shape[axis])))
    return place.unsupported('it reduces over the batch.', SAMPLES_ALONE);
  const { value, axes: turned } = along(context, place, x, axes);
  const held = isModelOrder(value.order) ? axes : turned.sort((a, b) => a - b);
  const made = context.layer(place, kind, [value], { axes: held }, {}, 'as-first');
  return dropped ? dropAxes(context, dropped, made, axes) : made;
}
