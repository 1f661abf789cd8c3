import { formatShape, isBatch, type Shape, type WindowAttributes } from '@patternlens/core';
import type { Place } from '../place.js';

/** How much lies around an input: by a rule, or in numbers for each spatial axis. */
export type Padding =
  | 'valid'
  | 'same'
  | 'causal'
  | { readonly begin: readonly number[]; readonly end: readonly number[] };

export interface WindowSpec {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padding: Padding;
  /** The channels are the last axis, else axis 1. */
  readonly channelsLast: boolean;
}

/** Sizes of the spatial axes, which must not depend on the batch. */
export function spatialOf(place: Place, shape: Shape, channelsLast: boolean): number[] {
  if (shape.length < 3 || shape.length > 5)
    place.invalid(
      `its input ${formatShape(shape)} must have a batch, one to three spatial axes, and channels.`,
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

/** @throws PatternLensError where there is not one whole number above 0 for each spatial axis. */
export function checkSizes(
  place: Place,
  name: string,
  sizes: readonly number[],
  rank: number,
): readonly number[] {
  if (sizes.length !== rank || sizes.some((size) => !Number.isSafeInteger(size) || size < 1))
    place.invalid(
      `its ${name} [${sizes.join(', ')}] must be ${rank} whole ${rank === 1 ? 'number' : 'numbers'} above 0.`,
    );
  return sizes;
}

/** Zeros that SAME adds to one axis, the odd one behind. */
export function samePads(
  size: number,
  span: number,
  stride: number,
): { begin: number; end: number } {
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + span - size);
  return { begin: Math.floor(total / 2), end: Math.ceil(total / 2) };
}

/** How a kernel moves over an input of the given spatial sizes. */
export function windowOf(
  place: Place,
  kernel: readonly number[],
  spatial: readonly number[],
  { strides, dilations, padding }: WindowSpec,
): WindowAttributes {
  const rank = spatial.length;
  checkSizes(place, 'kernel', kernel, rank);
  checkSizes(place, 'strides', strides, rank);
  checkSizes(place, 'dilations', dilations, rank);
  const spans = kernel.map((size, axis) => (size - 1) * dilations[axis]! + 1);
  const pads = spatial.map((size, axis) => {
    if (padding === 'valid') return { begin: 0, end: 0 };
    if (padding === 'causal') return { begin: spans[axis]! - 1, end: 0 };
    if (padding === 'same') return samePads(size, spans[axis]!, strides[axis]!);
    return { begin: padding.begin[axis] ?? 0, end: padding.end[axis] ?? 0 };
  });
  if (pads.some(({ begin, end }) => !(begin >= 0) || !(end >= 0)))
    place.invalid('its paddings must not be negative.');
  if (spatial.some((size, axis) => size + pads[axis]!.begin + pads[axis]!.end < spans[axis]!))
    place.invalid(
      `its kernel [${kernel.join(', ')}] is larger than its input of [${spatial.join(', ')}].`,
    );
  return {
    strides,
    dilations,
    padsBegin: pads.map(({ begin }) => begin),
    padsEnd: pads.map(({ end }) => end),
  };
}
