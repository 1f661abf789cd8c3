import type { TensorData } from '@patternlens/core';
import type { InputAxes } from '../maps/input-axes.js';

/** What a patch is replaced by: its own mean in each channel, as in the paper, or zero. */
export type Fill = 'mean' | 'zero';

/** Replaces a patch of one sample's values, in place. */
export function fillPatch(
  values: TensorData,
  places: Uint32Array,
  { channels, channelStep, positionStep }: InputAxes,
  fill: Fill,
): void {
  for (let channel = 0; channel < channels; channel++) {
    const begin = channel * channelStep;
    let sum = 0;
    if (fill === 'mean') for (const place of places) sum += values[begin + place * positionStep]!;
    const value = sum / places.length;
    for (const place of places) values[begin + place * positionStep] = value;
  }
}
