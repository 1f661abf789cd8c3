import { channelSteps } from './channel-steps.js';
import { overWhite } from './over-white.js';
import { checkPixels, type ImageLayout, type Pixels } from './pixels.js';
import type { Preprocessing } from './preprocessing.js';

/** Turns pixels into what a network takes, as float32: value = (pixel * scale - mean) / std, for `channelsWanted` (1 or 3)
 * channels. The image has its final size already. What is transparent shows white, as
 * `overWhite` makes it; gray is 0.299 red + 0.587 green + 0.114 blue, not rounded; a gray image has the same value in red, green and blue.
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
  const opaque = overWhite(pixels);
  const sources = steps.map(({ from }) => componentReader(opaque, from));
  for (const [channel, { mean, std }] of steps.entries()) {
    const read = sources[channel]!;
    const [start, step] =
      layout === 'channels-first' ? [channel * plane, 1] : [channel, steps.length];
    for (let at = 0; at < plane; at++) values[start + at * step] = (read(at) * scale - mean) / std;
  }
  return values;
}

/** Reads one colour of a pixel. */
function componentReader(
  { data, channels }: Pixels,
  from: number | 'gray',
): (pixel: number) => number {
  if (channels === 1) return (pixel) => data[pixel]!;
  if (from !== 'gray') return (pixel) => data[pixel * channels + from]!;
  // In thousandths, so that the gray of a gray pixel is exactly its value: some decoders give gray images three channels.
  return (pixel) => {
    const at = pixel * channels;
    return (299 * data[at]! + 587 * data[at + 1]! + 114 * data[at + 2]!) / 1000;
  };
}
