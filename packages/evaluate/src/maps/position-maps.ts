import type { MethodGroup, Tensor } from '@patternlens/core';
import type { SampleLayout } from './sample-layout.js';

/** The sum over channels at each place of one sample, of each value changed by `of`. */
export function sumChannels(
  { data }: Tensor,
  sample: number,
  { channels, positions, channelStep, places }: SampleLayout,
  of: (value: number) => number = (value) => value,
): Float64Array {
  const sums = new Float64Array(positions);
  const begin = sample * channels * positions;
  for (let channel = 0; channel < channels; channel++)
    for (let position = 0; position < positions; position++)
      sums[position]! += of(data[begin + channel * channelStep + places[position]!]!);
  return sums;
}

/** One number a place that says how much a map points there. Attributions are evidence for or against: their channels are summed with their
 * signs, then the magnitude is taken. Signals and functions are directions in the input: magnitudes are summed. */
export function strengths(
  relevance: Tensor,
  sample: number,
  axes: SampleLayout,
  group: MethodGroup,
): Float64Array {
  return group === 'attribution'
    ? sumChannels(relevance, sample, axes).map(Math.abs)
    : sumChannels(relevance, sample, axes, Math.abs);
}

/** The same of what is positive alone. */
export function positiveStrengths(
  relevance: Tensor,
  sample: number,
  axes: SampleLayout,
  group: MethodGroup,
): Float64Array {
  const positive = (value: number): number => Math.max(value, 0);
  return group === 'attribution'
    ? sumChannels(relevance, sample, axes).map(positive)
    : sumChannels(relevance, sample, axes, positive);
}

/** What places are ordered by when they are removed: attributions with their signs, what argues against the class last; of signals and
 * functions magnitudes, unless all maps are to be taken with their signs. */
export function evidence(
  relevance: Tensor,
  sample: number,
  axes: SampleLayout,
  group: MethodGroup,
  maps: 'by-group' | 'signed',
): Float64Array {
  return group === 'attribution' || maps === 'signed'
    ? sumChannels(relevance, sample, axes)
    : sumChannels(relevance, sample, axes, Math.abs);
}

/** How maps are read that are no attributions. */
export const MAPS = { default: 'by-group', choices: ['by-group', 'signed'] } as const;

export const isZero = (values: ArrayLike<number>): boolean =>
  Array.from(values).every((value) => value === 0);
