import { normals } from '../../tensor/normals.js';
import type { TensorData } from '../../tensor/tensor.js';
import type { Method } from '../method.js';
import { arrayLike } from './array-like.js';
import type { Driver } from '../method.js';
import type { DriverSample, Family } from './driver.js';

/** SmoothGrad, SmoothGrad-squared, VarGrad. */
export const NOISE_VARIANTS = ['mean', 'squared', 'variance'] as const;
type NoiseVariant = (typeof NOISE_VARIANTS)[number];

export interface NoiseParameters {
  readonly samples: number;
  /** The deviation as a share of the sample's range. */
  readonly noise: number;
  readonly seed: number;
  readonly variant: NoiseVariant;
}

function rangeOf(data: TensorData): number {
  let low = Infinity,
    high = -Infinity;
  for (let at = 0; at < data.length; at++) {
    low = Math.min(low, data[at]!);
    high = Math.max(high, data[at]!);
  }
  return high - low;
}

/** Means, and sums of squared differences from them, as values come (Welford 1962). */
interface Statistics {
  readonly mean: Float64Array;
  readonly scatter: Float64Array;
}

function addTo({ mean, scatter }: Statistics, values: TensorData, count: number): void {
  for (let at = 0; at < mean.length; at++) {
    const before = values[at]! - mean[at]!;
    mean[at]! += before / count;
    scatter[at]! += before * (values[at]! - mean[at]!);
  }
}

function resultOf({ mean, scatter }: Statistics, count: number, variant: NoiseVariant) {
  if (variant === 'mean') return mean;
  if (variant === 'variance') return scatter.map((value) => value / count);
  return scatter.map((value, at) => value / count + mean[at]! ** 2);
}

/** Noise is drawn from the seed, member after member, input after input: the same for every sample but for its size. */
function familyOf({ inputs }: DriverSample, parameters: NoiseParameters): Family {
  const draw = normals(parameters.seed);
  const size = parameters.samples;
  const names = Object.keys(inputs);
  const spreads = new Map(
    names.map((name) => [name, parameters.noise * rangeOf(inputs[name]!.data)]),
  );
  const statistics = new Map(
    names.map((name): [string, Statistics] => {
      const { length } = inputs[name]!.data;
      return [name, { mean: new Float64Array(length), scatter: new Float64Array(length) }];
    }),
  );
  return {
    size,
    member: () =>
      Object.fromEntries(
        names.map((name) => {
          const given = inputs[name]!;
          const spread = spreads.get(name)!;
          const data = arrayLike(given);
          for (let at = 0; at < data.length; at++) data[at] = given.data[at]! + spread * draw();
          return [name, { data, shape: given.shape }];
        }),
      ),
    add: ({ relevance }, index) => {
      for (const name of names) addTo(statistics.get(name)!, relevance[name]!, index + 1);
    },
    finish: () => ({
      relevance: Object.fromEntries(
        names.map((name) => [name, resultOf(statistics.get(name)!, size, parameters.variant)]),
      ),
    }),
  };
}

/** A method's relevance of inputs with normal noise, whose deviation is a share of the sample's own range: its mean, the mean of its
 * square, or its variance (over the number of samples). */
export const smoothGradDriver = (of: Method, parameters: NoiseParameters): Driver => ({
  of,
  group: of.group,
  prepare: () => (sample) => familyOf(sample, parameters),
});
