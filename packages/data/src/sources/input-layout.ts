import { type Shape } from '@patternlens/core';
import { channelLayout, type InputAxes } from '@patternlens/core/network';
import { formatShape, isBatch } from '@patternlens/core/tensor';
import { shapeError } from '../errors/data-error.js';
import type { ImageLayout } from '../preprocessing/pixels.js';

/** How a network takes images. */
export interface InputLayout {
  readonly layout: ImageLayout;
  readonly channels: 1 | 3;
  readonly height: number;
  readonly width: number;
}

export interface InputLayoutOptions {
  /** Where the network has its channels (`resolveNetwork(network).axes`): without it, where an image has them. */
  readonly axes?: InputAxes | undefined;
  /** Says which, where both the second and the last axis could be the channels, or where the input is flat. */
  readonly layout?: ImageLayout;
  /** [channels, height, width] of the data, which a flat input takes as it is. */
  readonly sample?: readonly number[];
}

/** The sizes of one sample: the network's input without its batch.
 * @throws PatternLensError `invalid-shape` where another axis depends on the batch. */
export function sampleShape(name: string, inputShape: Shape): readonly number[] {
  return inputShape.slice(1).map((dim) => {
    if (!isBatch(dim)) return dim;
    throw shapeError(
      name,
      'an input whose first axis alone is the batch',
      formatShape(inputShape),
      'Give its other axes sizes.',
    );
  });
}

/** How a network with this input takes images: [N, C, H, W] or [N, H, W, C] with 1 or 3 channels (channels first where it
 * could be both), [N, H, W] gray, or [N, length]: flat, in the shape of the data where its size fits, else a square.
 * @throws PatternLensError `invalid-shape` naming the source and what the network takes. */
export function inputLayout(
  name: string,
  inputShape: Shape,
  { axes, sample, ...given }: InputLayoutOptions = {},
): InputLayout {
  const found = axes && axes.spatial.length > 0 ? channelLayout(axes) : undefined;
  const layout = given.layout ?? (found === 'no-channels' ? undefined : found);
  const sizes = sampleShape(name, inputShape);
  const [first = 0, second = 0, third = 0] = sizes;
  if (sizes.length === 3) {
    if (isCount(first) && layout !== 'channels-last')
      return { layout: 'channels-first', channels: first, height: second, width: third };
    if (isCount(third) && layout !== 'channels-first')
      return { layout: 'channels-last', channels: third, height: first, width: second };
  }
  if (sizes.length === 2)
    return { layout: 'channels-first', channels: 1, height: first, width: second };
  const flat = sizes.length === 1 ? flatLayout(first, sample) : undefined;
  if (flat) return { layout: layout ?? 'channels-first', ...flat };
  throw shapeError(
    name,
    'a network that takes images of 1 or 3 channels',
    `input ${formatShape(inputShape)}`,
    'Hand in arrays of that shape (.npy) instead.',
  );
}

const isCount = (size: number): size is 1 | 3 => size === 1 || size === 3;

function flatLayout(
  length: number,
  sample: readonly number[] | undefined,
): Omit<InputLayout, 'layout'> | undefined {
  const [channels = 0, height = 0, width = 0] = sample ?? [];
  if (isCount(channels) && channels * height * width === length) return { channels, height, width };
  // No number is both a square and three squares, so the length alone tells.
  for (const count of [1, 3] as const) {
    const side = Math.sqrt(length / count);
    if (Number.isInteger(side) && side > 0) return { channels: count, height: side, width: side };
  }
  return undefined;
}
