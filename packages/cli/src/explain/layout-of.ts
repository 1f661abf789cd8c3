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
  const own = shape.slice(1);
  const each = own.reduce((total, size) => total * size, 1);
  const sample: Tensor = { data: data.slice(index * each, (index + 1) * each), shape: own };
  if (own.length <= 3) return sample;
  if (own.length === 4) return tileSlices(sample, layout);
  return { data: sample.data, shape: [each] };
}
