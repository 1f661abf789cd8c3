import type { Tensor } from '@patternlens/core';
import {
  inputToRgb,
  picturedSample,
  reduceChannels,
  tileSlices,
  type PicturedSample,
} from '@patternlens/heatmap';
import type { HeatMap, Picture, WorstSample } from '../report/benchmark-report.js';
import { floatsToBase64, toBase64 } from './base64.js';
import type { BenchmarkJob } from './benchmark-job.js';
import { histogramOf } from './histogram.js';

/** A batch of one in a form that pictures are made of: volumes as a grid of their slices. */
function pictured(batch: Tensor, { axes }: BenchmarkJob['look']): PicturedSample {
  const sample = picturedSample(batch, 0, axes);
  return axes.spatial.length === 3
    ? { ...sample, values: tileSlices(sample.values, sample.layout) }
    : sample;
}

function heatMapOf(
  values: Float64Array,
  shape: readonly number[],
  look: BenchmarkJob['look'],
): HeatMap {
  const { values: sample, layout } = pictured({ data: values, shape }, look);
  const plane = reduceChannels(sample, layout);
  return { height: plane.height, width: plane.width, values: floatsToBase64(plane.values) };
}

function pictureOf(input: Tensor, look: BenchmarkJob['look']): Picture | undefined {
  if (input.shape.length < 3) return undefined;
  const { values, layout } = pictured(input, look);
  const { width, height, data } = inputToRgb(values, layout, look.preprocessing);
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
