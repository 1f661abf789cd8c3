import { channelSteps } from './channel-steps.js';
import type { Preprocessing } from './preprocessing.js';

/** What pixels from 0 to 255 become at most and at least, channel by channel in the network's order. */
export interface PixelRange {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** The bounds of what a network of 1 or 3 channels takes where images are preprocessed.
 * @throws PatternLensError `invalid-argument` where the preprocessing does not fit the number of channels. */
export function pixelRange(preprocessing: Preprocessing, channelsWanted: number): PixelRange {
  const steps = channelSteps(preprocessing, channelsWanted);
  const { scale = 1 } = preprocessing;
  const of = (pixel: number): number[] =>
    steps.map(({ mean, std }) => (pixel * scale - mean) / std);
  return { low: of(0), high: of(255) };
}
