import { PatternLensError, type Tensor } from '@patternlens/core';
import { geometryOf, isImage, type Geometry, type Layout } from '../maps/geometry.js';
import { createPicture, type Picture } from './picture.js';
import { channelOffsets } from './signal-to-rgb.js';

/** How pixels became the model's input: `(pixel * scale - mean) / std` per channel, pixels 0 to 255, channels in this order. */
export interface Preprocessing {
  readonly scale?: number | undefined;
  /** One number, or one a channel in the model's own order; 0 unless given. */
  readonly mean?: number | readonly number[] | undefined;
  /** Likewise; 1 unless given. */
  readonly std?: number | readonly number[] | undefined;
  readonly channels?: 'rgb' | 'bgr' | 'gray' | undefined;
}

/** The model's input as a picture: the pixels that it was made of where the preprocessing is known, else black to white from
 * the smallest to the largest value of the sample. Images of 1 or 3 channels in their colours, of others as the grey mean of
 * their channels; `[C, L]` as one grey row a channel, `[D]` as one row.
 * @param range Black and white for values whose preprocessing is not known; those of the sample unless given.
 * @throws PatternLensError `invalid-shape` for a sample of another shape, `invalid-argument` for a preprocessing of other channels. */
export function inputToRgb(
  sample: Tensor,
  layout: Layout,
  preprocessing?: Preprocessing,
  range = rangeOfInput(sample),
): Picture {
  const geometry = geometryOf(sample, layout);
  const { width, height, channels, channelStride, rowStride, columnStride } = geometry;
  const inColour = isImage(geometry);
  const toPixel = inColour && preprocessing ? pixelsOf(preprocessing, geometry) : stretched(range);
  const order = channelOffsets(
    inColour ? channels : 1,
    preprocessing?.channels === 'bgr' ? 'bgr' : 'rgb',
  );
  return createPicture(width, height, (data, offset, at) => {
    const row = Math.floor(at / width);
    const pixel = row * rowStride + (at - row * width) * columnStride;
    if (inColour) {
      for (let colour = 0; colour < 3; colour++) {
        const channel = order[colour]!;
        const value = sample.data[pixel + channel * channelStride]!;
        data[offset + colour] = Math.round(toPixel(value, channel));
      }
    } else {
      let sum = 0;
      for (let channel = 0; channel < channels; channel++) {
        sum += toPixel(sample.data[pixel + channel * channelStride]!, channel);
      }
      data.fill(Math.round(sum / channels), offset, offset + 3);
    }
  });
}

type ToPixel = (value: number, channel: number) => number;

function pixelsOf({ scale = 1, mean = 0, std = 1 }: Preprocessing, geometry: Geometry): ToPixel {
  const means = perChannel(mean, geometry.channels, 'mean');
  const deviations = perChannel(std, geometry.channels, 'std');
  return (value, channel) => (value * deviations[channel]! + means[channel]!) / scale;
}

function perChannel(
  value: number | readonly number[],
  channels: number,
  name: string,
): readonly number[] {
  const values = typeof value === 'number' ? Array<number>(channels).fill(value) : value;
  if (values.length === channels) return values;
  if (values.length === 1) return Array<number>(channels).fill(values[0]!);
  throw new PatternLensError(
    'heatmap',
    'invalid-argument',
    `preprocessing: expected ${name} of ${channels} ${channels === 1 ? 'channel' : 'channels'}, got ${values.length}. Give one number a channel, or one for all.`,
  );
}

/** What is drawn black, and what white. */
export interface InputRange {
  readonly low: number;
  readonly high: number;
}

/** The smallest and the largest value that are finite. */
export function rangeOfInput({ data }: Tensor): InputRange {
  let low = Infinity;
  let high = -Infinity;
  for (const value of data) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

/** Mid-grey where all values are equal. */
function stretched({ low, high }: InputRange): ToPixel {
  return high > low ? (value) => ((value - low) / (high - low)) * 255 : () => 128;
}
