import { fromNeuronMajor, toNeuronMajor } from '../layers/neuron-major.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Pattern, PatternSet } from './pattern-set.js';

/** Neurons of a layer that never fired in the data, so that the positive regime says nothing of them. */
export interface NeverFired {
  readonly layer: string;
  /** Their numbers, from 0. */
  readonly neurons: readonly number[];
  /** How many neurons the layer has. */
  readonly of: number;
  /** They take the linear pattern; not where the patterns hold none. */
  readonly linear: boolean;
}

const neverFired = ({ counts, samples }: Pattern): number[] =>
  samples === 0 ? [] : [...counts.keys()].filter((neuron) => counts[neuron] === 0);

/** The layers with neurons that never fired in the data that patterns were fitted on. */
export const layersThatNeverFired = ({ layers }: PatternSet): NeverFired[] =>
  [...layers].flatMap(([layer, pattern]) => {
    const neurons = neverFired(pattern);
    if (neurons.length === 0) return [];
    const { counts, directions } = pattern;
    return [{ layer, neurons, of: counts.length, linear: directions.linear !== undefined }];
  });

/** Directions of the positive regime, and the linear one for neurons whose positive regime is empty in the data. */
export function withLinearFallback(pattern: Pattern, positive: Tensor): Tensor {
  const { linear } = pattern.directions;
  const neurons = neverFired(pattern);
  if (!linear || neurons.length === 0) return positive;
  const rows = toNeuronMajor(pattern.layout, positive);
  const fallback = toNeuronMajor(pattern.layout, linear).data;
  const data = Float64Array.from(rows.data);
  const inputs = rows.shape[1]!;
  for (const neuron of neurons) {
    const from = neuron * inputs;
    data.set(fallback.subarray(from, from + inputs), from);
  }
  return fromNeuronMajor(pattern.layout, { data, shape: rows.shape });
}
