import { type Shape } from '@patternlens/core';
import { type WindowAttributes } from '@patternlens/core/backend';
import { isBatch } from '@patternlens/core/tensor';
import type { Place } from '../place/place.js';
import { channelsFirst, modelOrder, type AxisOrder } from '../values/axis-order.js';
import type { Borders } from './layout.js';

/** How much lies around an input: by a rule, or in numbers for each spatial axis. SAME puts the odd one behind, or before. */
export type Padding = 'valid' | 'same' | 'same-lower' | 'causal' | Borders;

export interface WindowSpec {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padding: Padding;
  /** The model has the channels last, else behind the batch. */
  readonly channelsLast: boolean;
}

/** The order of axes in which the network moves windows over a value. */
export const windowOrder = (rank: number, channelsLast: boolean): AxisOrder =>
  channelsLast ? channelsFirst(rank) : modelOrder(rank);

/** Sizes of the spatial axes, which must not depend on the batch. */
export function spatialOf(place: Place, shape: Shape, channelsLast: boolean): number[] {
  if (shape.length < 3)
    place.unsupported(
      `its input has ${shape.length} axes; it needs a batch, channels and at least one spatial axis.`,
    );
  const sizes = channelsLast ? shape.slice(1, -1) : shape.slice(2);
  return sizes.map((dim) =>
    isBatch(dim) ? place.unsupported('a spatial axis depends on the batch.') : dim,
  );
}

export function channelsOf(place: Place, shape: Shape, channelsLast: boolean): number {
  const dim = channelsLast ? shape.at(-1) : shape[1];
  return typeof dim === 'number' ? dim : place.unsupported('its channels depend on the batch.');
}

/** @throws PatternLensError where there are not so many whole numbers, `least` or above. */
export function checkSizes(
  place: Place,
  name: string,
  sizes: readonly number[],
  rank: number,
  least = 1,
): readonly number[] {
  const above = least === 1 ? ' above 0' : least === 0 ? ' from 0' : '';
  if (sizes.length !== rank || sizes.some((size) => !Number.isSafeInteger(size) || size < least))
    place.invalid(
      `its ${name} [${sizes.join(', ')}] must be ${rank} whole ${rank === 1 ? 'number' : 'numbers'}${above}.`,
    );
  return sizes;
}

/** Entries of the input from the first that a window sees to the last. */
export const spansOf = (kernel: readonly number[], dilations: readonly number[]): number[] =>
  kernel.map((size, axis) => (size - 1) * dilations[axis]! + 1);

/** What SAME adds to one axis in all. */
export const samePads = (size: number, span: number, stride: number): number =>
  Math.max(0, (Math.ceil(size / stride) - 1) * stride + span - size);

/** A number of zeros in two halves, the odd one behind or before. */
export function halves(total: number, odd: 'behind' | 'before'): { begin: number; end: number } {
  const [small, large] = [Math.floor(total / 2), Math.ceil(total / 2)];
  return odd === 'behind' ? { begin: small, end: large } : { begin: large, end: small };
}

/** How a kernel moves over an input of the given spatial sizes. */
export function windowOf(
  place: Place,
  kernel: readonly number[],
  spatial: readonly number[],
  { strides, dilations, padding }: WindowSpec,
): WindowAttributes {
  const rank = spatial.length;
  checkSizes(place, 'kernel sizes', kernel, rank);
  checkSizes(place, 'strides', strides, rank);
  checkSizes(place, 'dilations', dilations, rank);
  const spans = spansOf(kernel, dilations);
  const pads = spatial.map((size, axis) => {
    if (padding === 'valid') return { begin: 0, end: 0 };
    if (padding === 'causal') return { begin: spans[axis]! - 1, end: 0 };
    if (typeof padding === 'object')
      return { begin: padding.begin[axis]!, end: padding.end[axis]! };
    const total = samePads(size, spans[axis]!, strides[axis]!);
    return halves(total, padding === 'same' ? 'behind' : 'before');
  });
  const padsBegin = pads.map(({ begin }) => begin),
    padsEnd = pads.map(({ end }) => end);
  checkSizes(place, 'pads', [...padsBegin, ...padsEnd], 2 * rank, 0);
  return { strides, dilations, padsBegin, padsEnd };
}
