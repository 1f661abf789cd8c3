import { type Shape } from '@patternlens/core';
import { type WindowAttributes } from '@patternlens/core/backend';
import { formatShape, isBatch } from '@patternlens/core/tensor';
import type { ImportContext } from '../network/import-context.js';
import { SAMPLES_ALONE, type Place } from '../place/place.js';
import { channelsFirst, modelOrder, sampleSizes, SAMPLES } from '../values/axis-order.js';
import type { RuntimeValue } from '../values/values.js';
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

/** A value as the network moves windows over it, with the channels behind the samples. */
export interface Windowed {
  readonly value: RuntimeValue;
  /** A sample has several images, which stand along an axis of their own before the places. */
  readonly several: boolean;
}

/** The order of axes in which the network moves windows over a value: channels, the images of one sample where there are several, places. */
export function windowed(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  channelsLast: boolean,
): Windowed {
  const rank = x.shape.length;
  checkFirst(place, x.shape);
  const [, channels, ...places] = channelsLast ? channelsFirst(rank) : modelOrder(rank);
  const several = sampleSizes(x.shape)[0] !== 1;
  const behind = [channels, several ? 0 : undefined, ...places].filter(
    (axis) => axis !== undefined,
  );
  return { value: context.ordered(x, [several ? SAMPLES : 0, ...behind]), several };
}

/** What holds for each place, for the axis of a sample's images too where there are several. */
export const forImages = (
  { several }: Windowed,
  values: readonly number[],
  ofImages: number,
): readonly number[] => (several ? [ofImages, ...values] : values);

/** A window that moves over each image of a sample by itself. */
export function windowForImages(of: Windowed, window: WindowAttributes): WindowAttributes {
  return {
    strides: forImages(of, window.strides, 1),
    dilations: forImages(of, window.dilations, 1),
    padsBegin: forImages(of, window.padsBegin, 0),
    padsEnd: forImages(of, window.padsEnd, 0),
  };
}

/** Sizes of the spatial axes; the samples have to be axis 0. */
export function spatialOf(place: Place, shape: Shape, channelsLast: boolean): number[] {
  if (shape.length < 3)
    place.unsupported(
      `its input has ${shape.length} axes; it needs a batch, channels and at least one spatial axis.`,
    );
  checkFirst(place, shape);
  return (channelsLast ? shape.slice(1, -1) : shape.slice(2)) as number[];
}

function checkFirst(place: Place, shape: Shape): void {
  if (shape.slice(1).some(isBatch))
    place.unsupported(
      `its window moves over ${formatShape(shape)}, whose batch is not axis 0.`,
      SAMPLES_ALONE,
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
