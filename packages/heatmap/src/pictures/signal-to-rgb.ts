import { PatternLensError, type Tensor } from '@patternlens/core';
import { formatShape } from '@patternlens/core/tensor';
import { geometryOf, isImage, type Layout } from '../maps/geometry.js';
import { scaleOf, shareOf, type Scale } from '../maps/scale.js';
import { NO_SCALE } from './heat-to-rgb.js';
import { createPicture, flatPicture, type Picture } from './picture.js';

/** The order in which a network reads the colours of a pixel. */
export type ChannelOrder = 'rgb' | 'bgr';

export interface SignalOptions {
  readonly channelOrder?: ChannelOrder | undefined;
  /** The largest magnitude of the whole sample unless given. */
  readonly scale?: Scale | undefined;
}

/** A signal in its own colours: `clip(value / (2 limit) + 1/2)` in each channel, so that mid-grey (128) is zero; one channel
 * is grey. The mean of a preprocessing is not added: zero stays mid-grey.
 * @throws PatternLensError `invalid-shape` for anything but an image of one or three channels. */
export function signalToRgb(sample: Tensor, layout: Layout, options: SignalOptions = {}): Picture {
  const geometry = geometryOf(sample, layout);
  const { width, height, channels, channelStride, rowStride, columnStride } = geometry;
  if (!isImage(geometry)) {
    throw new PatternLensError(
      'heatmap',
      'invalid-shape',
      `signal: expected an image of 1 or 3 channels, got ${formatShape(sample.shape)}. Draw it as a heat map: reduceChannels, then heatToRgb.`,
    );
  }
  const scale = options.scale ?? scaleOf(sample.data, 100);
  if (scale.state !== 'finite') return flatPicture(width, height, NO_SCALE);
  const order = channelOffsets(channels, options.channelOrder);
  return createPicture(width, height, (data, offset, at) => {
    const row = Math.floor(at / width);
    const pixel = row * rowStride + (at - row * width) * columnStride;
    for (let colour = 0; colour < 3; colour++) {
      const value = sample.data[pixel + order[colour]! * channelStride]!;
      data[offset + colour] = greyOf(shareOf(value, scale));
    }
  });
}

/** The grey of a signal's share of its scale: 0, 128 and 255 for -1, 0 and 1. */
export const greyOf = (share: number): number => Math.round((share / 2 + 0.5) * 255);

/** Which channel of the sample red, green and blue come from. */
export function channelOffsets(
  channels: number,
  order: ChannelOrder = 'rgb',
): readonly [number, number, number] {
  if (channels === 1) return [0, 0, 0];
  return order === 'bgr' ? [2, 1, 0] : [0, 1, 2];
}
