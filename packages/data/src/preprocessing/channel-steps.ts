import { argumentError } from '../errors/data-error.js';
import type { Preprocessing } from './preprocessing.js';

/** What one channel of the network's input takes, and its arithmetic. */
export interface ChannelStep {
  /** 0 red, 1 green, 2 blue. */
  readonly from: number | 'gray';
  readonly mean: number;
  readonly std: number;
}

/** The arithmetic of every channel that the network takes, in its order.
 * @throws PatternLensError `invalid-argument` where the preprocessing is for another number of channels. */
export function channelSteps(
  { channels, mean = [0], std = [1] }: Preprocessing,
  wanted: number,
): readonly ChannelStep[] {
  if (wanted !== 1 && wanted !== 3)
    throw argumentError('preprocessing', 'a network that takes 1 or 3 channels', String(wanted));
  if (wanted === 1 && channels !== undefined && channels !== 'gray')
    throw argumentError(
      'preprocessing',
      'channels "gray" for a network that takes one channel',
      `"${channels}"`,
    );
  for (const [name, values] of Object.entries({ mean, std })) {
    if (values.length !== 1 && values.length !== wanted)
      throw argumentError(
        'preprocessing',
        `${name} of 1 or ${wanted} numbers for a network of ${wanted} channels`,
        `${values.length}`,
      );
  }
  const order = channels ?? (wanted === 1 ? 'gray' : 'rgb');
  return Array.from({ length: wanted }, (_, channel) => ({
    from: order === 'gray' ? 'gray' : order === 'bgr' ? 2 - channel : channel,
    mean: mean[channel] ?? mean[0]!,
    std: std[channel] ?? std[0]!,
  }));
}
