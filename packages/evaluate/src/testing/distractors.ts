import { type PatternSet, type Shape, type Tensor } from '@patternlens/core';
import {
  type FittedLayer,
  neuronLayout,
  toNeuronMajor,
  weightsLayout,
} from '@patternlens/core/network';
import { estimatorOf } from '@patternlens/core/patterns';
import { layerMatrix } from '@patternlens/core-tests/testing/layer-matrix';

/** One neuron over all samples and positions, from the definition of its layer. */
export interface NeuronSamples {
  /** Inputs by sample: `[samples][inputs]`. */
  readonly x: number[][];
  readonly y: number[];
  readonly fires: boolean[];
}

/** What every neuron of a layer reads, written out by the layer's matrix. */
export function neuronSamples(
  layer: FittedLayer,
  input: Shape,
  output: Shape,
  x: Tensor,
): NeuronSamples[] {
  const { neurons, inputs } = neuronLayout(layer);
  const shape = input.slice(1) as number[];
  const matrix = layerMatrix(layer, shape, output.slice(1) as number[]);
  const weights = layer.parameters['weights']!.tensor;
  const indices = toNeuronMajor(weightsLayout(layer), {
    data: Float64Array.from(weights.data, (_, at) => at),
    shape: weights.shape,
  }).data;
  const placeOf = new Map(Array.from(indices, (weight, at) => [weight, at % inputs] as const));
  const bias = layer.parameters['bias']?.tensor.data;
  const all = Array.from({ length: neurons }, (): NeuronSamples => ({ x: [], y: [], fires: [] }));
  const each = x.data.length / x.shape[0]!;
  for (let sample = 0; sample < x.shape[0]!; sample++) {
    const rows = Array.from({ length: matrix.rows }, () => new Array<number>(inputs).fill(0));
    const sums = new Array<number>(matrix.rows).fill(0);
    for (const { row, column, weight } of matrix.entries) {
      const value = x.data[sample * each + column]!;
      rows[row]![placeOf.get(weight)!] = value;
      sums[row]! += value * weights.data[weight]!;
    }
    for (let row = 0; row < matrix.rows; row++) {
      const neuron = matrix.neuronOf(row);
      const found = all[neuron]!;
      found.x.push(rows[row]!);
      found.y.push(sums[row]!);
      found.fires.push(sums[row]! + (bias?.[neuron] ?? 0) > 0);
    }
  }
  return all;
}

/** The directions of both regimes, neuron by neuron, for an estimator. */
export function directionsFor(
  layer: FittedLayer,
  patterns: PatternSet,
  id: string,
  seed: number,
): { readonly positive: Float64Array; readonly negative: Float64Array } {
  const rows = (kind: 'linear' | 'positive' | 'negative'): Float64Array =>
    Float64Array.from(
      toNeuronMajor(weightsLayout(layer), patterns.layers.get(layer.name)!.directions[kind]!).data,
    );
  if (id === 'two-component') return { positive: rows('positive'), negative: rows('negative') };
  if (id === 'linear') return { positive: rows('linear'), negative: rows('linear') };
  const { data, shape } = toNeuronMajor(weightsLayout(layer), layer.parameters['weights']!.tensor);
  const weights = { weights: data, neurons: shape[0]!, inputs: shape[1]! };
  const { positive } = estimatorOf(id, seed).estimate(weights, undefined);
  return { positive, negative: positive };
}

/** `x - a y` of every sample, with the direction of its regime. */
export function distractors(
  { x, y, fires }: NeuronSamples,
  positive: ArrayLike<number>,
  negative: ArrayLike<number>,
): number[][] {
  return x.map((row, at) =>
    row.map((value, k) => value - (fires[at]! ? positive : negative)[k]! * y[at]!),
  );
}
