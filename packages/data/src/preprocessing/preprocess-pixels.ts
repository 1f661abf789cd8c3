import { channelSteps } from './channel-steps.js';
import { checkPixels, type ImageLayout, type Pixels } from './pixels.js';
import type { Preprocessing } from './preprocessing.js';

/** Turns pixels into what a network takes, as float32: value = (pixel * scale - mean) / std, for `channelsWanted` (1 or 3)
 * channels. The image has its final size already. What is transparent shows white; gray is
 * 0.299 red + 0.587 green + 0.114 blue, not rounded; a gray image has the same value in red, green and blue.
 * @throws PatternLensError `invalid-argument` where the preprocessing does not fit the number of channels. */
export function preprocessPixels(
  pixels: Pixels,
  preprocessing: Preprocessing,
  layout: ImageLayout,
  channelsWanted: number,
): Float32Array {
  checkPixels(pixels);
  const steps = channelSteps(preprocessing, channelsWanted);
  const { scale = 1 } = preprocessing;
  const plane = pixels.width * pixels.height;
  const values = new Float32Array(plane * steps.length);
  const sources = steps.map(({ from }) => componentReader(pixels, from));
  for (const [channel, { mean, std }] of steps.entries()) {
    const read = sources[channel]!;
    const [start, step] =
      layout === 'channels-first' ? [channel * plane, 1] : [channel, steps.length];
    for (let at = 0; at < plane; at++) values[start + at * step] = (read(at) * scale - mean) / std;
  }
  return values;
}

/** Reads one colour of a pixel over white. */
function componentReader(
  { data, channels }: Pixels,
  from: number | 'gray',
): (pixel: number) => number {
  const colours = channels < 3 ? 1 : 3;
  const opaque = channels === colours;
  const over = (pixel: number, colour: number): number => {
    const value = data[pixel * channels + colour]!;
    if (opaque) return value;
    const alpha = data[pixel * channels + colours]! / 255;
    return value * alpha + 255 * (1 - alpha);
  };
  if (colours === 1) return (pixel) => over(pixel, 0);
  if (from !== 'gray') return (pixel) => over(pixel, from);
  return (pixel) => 0.299 * over(pixel, 0) + 0.587 * over(pixel, 1) + 0.114 * over(pixel, 2);
}
