import type { TensorData } from '@patternlens/core';
import type { SampleLayout } from '../maps/sample-layout.js';

/** What stands where nothing of a sample is left: its mean in each channel, the sample blurred, or a given value. */
export type BaselineKind = 'mean' | 'blur' | 'value';

export interface BaselineOptions {
  /** One value, or one a channel, in model space. */
  readonly value: number | readonly number[];
  /** Standard deviation of the blur in places. */
  readonly sigma: number;
}

/** Weights of a Gaussian, cut off at three standard deviations. */
function gaussian(sigma: number): Float64Array {
  const reach = Math.max(1, Math.ceil(3 * sigma));
  return Float64Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-((at - reach) ** 2) / (2 * sigma ** 2)),
  );
}

/** Smooths one channel along every axis; at the border the weights of what is inside are made to sum to 1. */
export function blur(map: Float64Array, spatial: readonly number[], sigma: number): Float64Array {
  const weights = gaussian(sigma);
  const reach = (weights.length - 1) / 2;
  let smooth = map;
  let step = 1;
  for (const size of spatial.toReversed()) {
    const before = smooth,
      stride = step;
    smooth = before.map((_, at) => {
      const place = Math.floor(at / stride) % size;
      let sum = 0,
        total = 0;
      for (let to = Math.max(0, place - reach); to <= Math.min(size - 1, place + reach); to++) {
        const weight = weights[to - place + reach]!;
        sum += weight * before[at + (to - place) * stride]!;
        total += weight;
      }
      return sum / total;
    });
    step *= size;
  }
  return smooth;
}

/** The baseline of one sample's values. */
export function baselineOf(
  values: TensorData,
  { channels, positions, channelStep, places, spatial }: SampleLayout,
  kind: BaselineKind,
  { value, sigma }: BaselineOptions,
): TensorData {
  const baseline = values.slice();
  for (let channel = 0; channel < channels; channel++) {
    const placeOf = (position: number): number => channel * channelStep + places[position]!;
    const plane = Float64Array.from({ length: positions }, (_, at) => values[placeOf(at)]!);
    const given = typeof value === 'number' ? value : (value[channel] ?? NaN);
    const mean = plane.reduce((sum, pixel) => sum + pixel, 0) / positions;
    const smooth = kind === 'blur' ? blur(plane, spatial, sigma) : undefined;
    for (let position = 0; position < positions; position++)
      baseline[placeOf(position)] = smooth ? smooth[position]! : kind === 'mean' ? mean : given;
  }
  return baseline;
}
