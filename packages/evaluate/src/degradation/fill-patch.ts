import type { TensorData } from '@patternlens/core';
import type { SampleLayout } from '../maps/sample-layout.js';

/** What a patch is replaced by: its own mean in each channel, as in the paper, or zero. */
export type Fill = 'mean' | 'zero';

/** Replaces a patch of one sample's values, in place. */
export function fillPatch(
  values: TensorData,
  patch: Uint32Array,
  { channels, channelStep, places }: SampleLayout,
  fill: Fill,
): void {
  for (let channel = 0; channel < channels; channel++) {
    const begin = channel * channelStep;
    let sum = 0;
    if (fill === 'mean') for (const position of patch) sum += values[begin + places[position]!]!;
    const value = sum / patch.length;
    for (const position of patch) values[begin + places[position]!] = value;
  }
}
