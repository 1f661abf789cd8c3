import type { Tensor } from '@patternlens/core';
import type { InputAxes } from '@patternlens/core/network';
import { picturedSample, reduceChannels, tileSlices, type Plane } from '@patternlens/heatmap';

/** Relevance of one sample, with its batch of 1, as a map: summed over channels, volumes as a grid of their slices. */
export function planeOf(relevance: Tensor, axes: InputAxes): Plane {
  const { values, layout } = picturedSample(relevance, 0, axes);
  return reduceChannels(axes.spatial.length === 3 ? tileSlices(values, layout) : values, layout);
}
