import type { Tensor } from '@patternlens/core';
import { inputToRgb, reduceChannels, tileSlices } from '@patternlens/heatmap';
import type { HeatMap, Picture, WorstSample } from '../report/benchmark-report.js';
import { floatsToBase64, toBase64 } from './base64.js';
import type { BenchmarkJob } from './benchmark-job.js';
import { histogramOf } from './histogram.js';

/** One sample without its batch axis, in a form that pictures are made of: volumes as a grid of their slices. */
function pictured({ data, shape }: Tensor, look: BenchmarkJob['look']): Tensor {
  const picture: Tensor = { data, shape: shape.slice(1) };
  if (picture.shape.length <= 3) return picture;
  return picture.shape.length === 4
    ? tileSlices(picture, look.layout)
    : { data, shape: [data.length] };
}

function heatMapOf(
  values: Float64Array,
  shape: readonly number[],
  look: BenchmarkJob['look'],
): HeatMap {
  const plane = reduceChannels(pictured({ data: values, shape }, look), look.layout);
  return { height: plane.height, width: plane.width, values: floatsToBase64(plane.values) };
}

function pictureOf(input: Tensor, look: BenchmarkJob['look']): Picture | undefined {
  if (input.shape.length < 3) return undefined;
  const { width, height, data } = inputToRgb(
    pictured(input, look),
    look.layout,
    look.preprocessing,
  );
  const pixels = data.filter((_, at) => at % 4 !== 3);
  return { width, height, pixels: toBase64(new Uint8Array(pixels)) };
}

/** What is shown of the sample that agrees least: relevance of the network's first input, in float64 and true to its exponent. */
export function worstSample(
  job: BenchmarkJob,
  sample: string,
  relativeL2: number,
  input: Tensor,
  actual: Float64Array,
  reference: Float64Array,
): WorstSample {
  return {
    sample,
    relativeL2,
    input: pictureOf(input, job.look),
    reference: heatMapOf(reference, input.shape, job.look),
    own: heatMapOf(actual, input.shape, job.look),
    histogram: histogramOf(actual, reference),
  };
}
