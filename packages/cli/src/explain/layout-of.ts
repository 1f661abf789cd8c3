import type { Shape, Tensor } from '@patternlens/core';
import { inputLayout } from '@patternlens/data';
import { tileSlices, type Layout } from '@patternlens/heatmap';

/** Where an input has its channels: as images have them where it is one, else first. */
export function layoutOf(name: string, shape: Shape): Layout {
  if (shape.length !== 4) return 'channels-first';
  try {
    return inputLayout(name, shape).layout;
  } catch {
    return 'channels-first';
  }
}

/** One sample of a batch, without the batch axis, in a form that pictures are made of: volumes as a grid of their slices. */
export function pictured({ data, shape }: Tensor, index: number, layout: Layout): Tensor {
  const sizes = shape.slice(1);
  const each = sizes.reduce((total, size) => total * size, 1);
  const sample: Tensor = { data: data.slice(index * each, (index + 1) * each), shape: sizes };
  if (sizes.length <= 3) return sample;
  if (sizes.length === 4) return tileSlices(sample, layout);
  return { data: sample.data, shape: [each] };
}
