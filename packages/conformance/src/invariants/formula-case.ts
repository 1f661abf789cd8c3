import { fitPatterns, tensor, type Tensor } from '@patternlens/core';
import { createNetwork } from '@patternlens/core/network';
import type { ConformanceCase } from '../conformance-case.js';
import { drawer } from '../layers/draw.js';
import { layerOf } from '../layers/layer-of.js';
import { invariant } from './invariant.js';

const INPUTS = 4,
  NEURONS = 3,
  SAMPLES = 30;

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

/** `(E_m[xy] - E_m[x] E[y]) / (w' ...)`: m are the samples that count, `E[y]` is over all of them. */
function direction(
  x: readonly (readonly number[])[],
  y: readonly number[],
  w: readonly number[],
  counts: (sample: number) => boolean,
): number[] {
  const counted = x.map((_, sample) => sample).filter(counts);
  const mean = sum(y) / y.length;
  const raw = w.map(
    (_, at) => sum(counted.map((sample) => x[sample]![at]! * (y[sample]! - mean))) / counted.length,
  );
  const size = sum(raw.map((value, at) => value * w[at]!));
  return raw.map((value) => value / size);
}

const rowsOf = ({ data, shape }: Tensor): number[][] =>
  Array.from({ length: shape[0]! }, (_, row) =>
    Array.from(data.subarray(row * shape[1]!, (row + 1) * shape[1]!)),
  );

/** Directions computed straight from the formula, for inputs whose mean is far from zero. */
export const formulaCase: ConformanceCase = invariant(
  'patterns are those of their formula, written out sample by sample',
  'known truth',
  async ({ backend, same }) => {
    const make = drawer('eighths', 82);
    const weights = make([NEURONS, INPUTS]),
      bias = make([NEURONS]);
    const given = make([SAMPLES, INPUTS]);
    const x = { ...given, data: given.data.map((value, at) => value + (at % INPUTS) / 2) };
    const network = createNetwork({
      inputs: [{ name: 'x', shape: [{ batch: 1 }, INPUTS] }],
      outputs: ['y'],
      layers: [layerOf('dense', 'y', 'x', {}, { weights, bias })],
    });
    const samples = rowsOf(x);
    const wanted = rowsOf(weights).map((w, neuron) => {
      const y = samples.map((row) => sum(row.map((value, at) => value * w[at]!)));
      return {
        linear: direction(samples, y, w, () => true),
        positive: direction(samples, y, w, (at) => y[at]! + bias.data[neuron]! > 0),
        negative: direction(samples, y, w, (at) => y[at]! + bias.data[neuron]! <= 0),
      };
    });
    const { directions } = (await fitPatterns(network, [x], { backend })).layers.get('y')!;
    const expected = (kind: 'linear' | 'positive' | 'negative'): Tensor =>
      tensor(
        wanted.flatMap((directions) => directions[kind]),
        [NEURONS, INPUTS],
      );
    return same(
      {
        linear: directions.linear!,
        positive: directions.positive!,
        negative: directions.negative!,
      },
      {
        linear: expected('linear'),
        positive: expected('positive'),
        negative: expected('negative'),
      },
      1e-4,
    );
  },
);
