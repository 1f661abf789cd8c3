import type { Tensor } from '@patternlens/core';
import { tileSlices, type Layout } from '@patternlens/heatmap';

/** One sample of a batch, without the batch axis, in a form that pictures are made of: volumes as a grid of their slices. */
export function pictured({ data, shape }: Tensor, index: number, layout: Layout): Tensor {
  const sizes = shape.slice(1);
  const each = sizes.reduce((total, size) => total * size, 1);
  const sample: Tensor = { data: data.slice(index * each, (index + 1) * each), shape: sizes };
  const places = sizes.length - (layout === 'no-channels' ? 0 : 1);
  if (places < 3) return sample;
  return places === 3 ? tileSlices(sample, layout) : { data: sample.data, shape: [each] };
}
