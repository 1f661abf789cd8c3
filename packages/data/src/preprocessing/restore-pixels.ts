import { argumentError } from '../errors/data-error.js';
import { channelSteps } from './channel-steps.js';
import type { ImageSize } from './plan-geometry.js';
import type { ImageLayout, Pixels } from './pixels.js';
import type { Preprocessing } from './preprocessing.js';

/** The picture of what a network was given, for showing it: pixel = (value * std + mean) / scale, rounded and cut to
 * 0..255; gray where the network takes one channel, else red, green, blue. Undoes `preprocessPixels` for opaque images.
 * @throws PatternLensError `invalid-argument` where the values are not a whole number of channels. */
export function restorePixels(
  values: ArrayLike<number>,
  { width, height }: ImageSize,
  preprocessing: Preprocessing,
  layout: ImageLayout,
): Pixels & { readonly data: Uint8ClampedArray; readonly channels: 1 | 3 } {
  const plane = width * height;
  const channels = values.length / plane;
  if (channels !== 1 && channels !== 3)
    throw argumentError('restorePixels', `${plane} or ${3 * plane} values`, `${values.length}`);
  const steps = channelSteps(preprocessing, channels);
  const { scale = 1 } = preprocessing;
  const data = new Uint8ClampedArray(values.length);
  for (const [channel, { from, mean, std }] of steps.entries()) {
    const to = from === 'gray' ? channel : from;
    const [start, step] = layout === 'channels-first' ? [channel * plane, 1] : [channel, channels];
    for (let at = 0; at < plane; at++)
      data[at * channels + to] = (values[start + at * step]! * std + mean) / scale;
  }
  return { data, width, height, channels };
}
