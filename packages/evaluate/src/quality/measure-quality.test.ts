import {
  fitPatterns,
  type Network,
  type PatternSet,
  type SampleSource,
  tensor,
  type Tensor,
} from '@patternlens/core';
import { createNetwork, type FittedLayer, isFitted } from '@patternlens/core/network';
import { referenceBackend } from '@patternlens/reference';
import { denseOf, rectifierOf } from '@patternlens/core-tests/testing/layer-of';
import { linearCases } from '@patternlens/core-tests/testing/linear-cases';
import { random } from '@patternlens/core-tests/testing/random';
import { measureQuality } from './measure-quality.js';
import { directionsFor, distractors, neuronSamples } from '../testing/distractors.js';
import { correlation, leastSquares, project } from '../testing/least-squares.js';

const backend = referenceBackend();
const SEED = 3;
const FITTED = ['filter', 'linear', 'two-component', 'random'] as const;

const sourceOf = ({ data, shape }: Tensor): SampleSource => {
  const each = data.length / shape[0]!;
  return {
    count: shape[0]!,
    read: (first, count) =>
      Promise.resolve({
        data: data.slice(first * each, (first + count) * each),
        shape: [count, ...shape.slice(1)],
      }),
  };
};

/** Skewed inputs, so that both regimes differ. */
function draw(seed: number, shape: readonly number[]): Tensor {
  const { data } = random(seed).normal(shape);
  return tensor(
    data.map((value) => Math.max(value, -0.5) + 0.2),
    shape,
  );
}

interface Setting {
  readonly network: Network;
  readonly layer: FittedLayer;
  readonly regress: Tensor;
  readonly test: Tensor;
  readonly patterns: PatternSet;
}

async function settingOf(
  layer: FittedLayer,
  input: readonly number[],
  count = 41,
): Promise<Setting> {
  const network = createNetwork({
    inputs: [{ name: 'x', shape: [{ batch: 1 }, ...input] }],
    outputs: ['y'],
    layers: [layer],
  });
  const [fit, regress, test] = [1, 2, 3].map((seed) => draw(seed, [count, ...input]));
  const patterns = await fitPatterns(network, sourceOf(fit!), { backend });
  return { network, layer, regress: regress!, test: test!, patterns };
}

const cases = linearCases.filter(({ layer, whole }) => isFitted(layer) && !whole);

test.each(cases.map((linearCase) => [linearCase.name, linearCase] as const))(
  'rho of all estimators, as by least squares on the explicit distractors: %s',
  async (_, { layer, inputShape }) => {
    const fitted = layer as FittedLayer;
    const setting = await settingOf(fitted, inputShape.slice(1) as number[]);
    const { regress, test: held, patterns } = setting;
    const report = await measureQuality(
      setting.network,
      { regress: sourceOf(regress), test: sourceOf(held) },
      { backend, patterns, seed: SEED },
    );
    const found = report.layers[0]!;
    expect(found.estimators['identity']!.heldOut.mean).toBeNull();
    const [seen, unseen] = [regress, held].map((x) =>
      neuronSamples(fitted, inputShape, setting.network.shapes.get('y')!, x),
    );
    let compared = 0;
    for (const id of FITTED) {
      const { positive, negative } = directionsFor(fitted, patterns, id, SEED);
      const inputs = found.dimensions;
      for (let neuron = 0; neuron < found.neurons; neuron++) {
        const values = found.estimators[id]!;
        if (patterns.layers.get(fitted.name)!.counts[neuron] === 0) {
          expect(values.heldOut.values[neuron]).toBeNull();
          continue;
        }
        if (inputs === 1) continue;
        const [p, n] = [positive, negative].map((rows) =>
          rows.subarray(neuron * inputs, (neuron + 1) * inputs),
        );
        const d = distractors(seen![neuron]!, p!, n!);
        const v = leastSquares(d, seen![neuron]!.y);
        const fit = 1 - correlation(project(d, v), seen![neuron]!.y);
        const other = project(distractors(unseen![neuron]!, p!, n!), v);
        expect(values.fit.values[neuron]! - fit).toBeCloseTo(0, 8);
        expect(
          values.heldOut.values[neuron]! - (1 - correlation(other, unseen![neuron]!.y)),
        ).toBeCloseTo(0, 8);
        compared++;
      }
    }
    if (found.dimensions > 1) expect(compared).toBeGreaterThan(0);
  },
);

test.each(
  [
    cases[0]!,
    cases.find(({ layer }) => layer.kind === 'convolution' && layer.attributes.groups > 1)!,
    cases.at(-1)!,
  ].map((linearCase) => [linearCase.name, linearCase] as const),
)(
  'conjugate gradients over the data agree with the closed form: %s',
  async (_, { layer, inputShape }) => {
    const setting = await settingOf(layer as FittedLayer, inputShape.slice(1) as number[]);
    const splits = { regress: sourceOf(setting.regress), test: sourceOf(setting.test) };
    const options = { backend, patterns: setting.patterns, seed: SEED };
    const exact = (await measureQuality(setting.network, splits, options)).layers[0]!;
    const { layers, notes } = await measureQuality(setting.network, splits, {
      ...options,
      dimensions: 0,
    });
    const found = layers[0]!;
    expect(notes.join()).toContain(
      `subset of ${found.neurons - found.dead} / ${found.neurons} neurons`,
    );
    for (const id of FITTED)
      for (const split of ['fit', 'heldOut'] as const)
        for (const [neuron, value] of found.estimators[id]![split].values.entries()) {
          if (value === null) continue;
          expect(value - exact.estimators[id]![split].values[neuron]!).toBeCloseTo(0, 6);
        }
  },
);

test('a subset is drawn by seed, and the others have no value', async () => {
  const dense = cases.find(({ layer }) => layer.kind === 'dense')!;
  const setting = await settingOf(
    dense.layer as FittedLayer,
    dense.inputShape.slice(1) as number[],
  );
  const { layers } = await measureQuality(
    setting.network,
    { regress: sourceOf(setting.regress), test: sourceOf(setting.test) },
    { backend, patterns: setting.patterns, dimensions: 0, neurons: 1 },
  );
  expect(layers[0]!.subset).toBe(1);
  const known = layers[0]!.estimators['linear']!.heldOut.values.filter((value) => value !== null);
  expect(known).toHaveLength(1);
});

const toy = createNetwork({
  inputs: [{ name: 'x', shape: [{ batch: 1 }, 2] }],
  outputs: ['y'],
  layers: [denseOf('y', 'x', [[1, -1]])],
});

/** x = (1, 0) y + (1, 1) e, y uniform in [-1, 1], e normal. */
function toySamples(sigma: number, seed: number, count: number): Tensor {
  const r = random(seed);
  const e = r.normal([count]).data;
  const data = Float64Array.from({ length: 2 * count }, () => 0);
  for (let at = 0; at < count; at++) {
    data[2 * at] = 2 * r.uniform() - 1 + sigma * e[at]!;
    data[2 * at + 1] = sigma * e[at]!;
  }
  return tensor(data, [count, 2]);
}

test.each([0.1, 0.3, 1])(
  "the deterministic distractor's closed form: 1 - 0.5 sy / sqrt(0.25 sy^2 + sigma^2), sigma %d",
  async (sigma) => {
    const N = 4000;
    const [fit, regress, held] = [1, 2, 3].map((seed) => sourceOf(toySamples(sigma, seed, N)));
    const patterns = await fitPatterns(toy, fit!, { backend });
    const { layers } = await measureQuality(
      toy,
      { regress: regress!, test: held! },
      { backend, patterns },
    );
    const spread = Math.sqrt(1 / 3);
    const correlated = (0.5 * spread) / Math.sqrt(0.25 * spread ** 2 + sigma ** 2);
    const error = (1 - correlated ** 2) / Math.sqrt(N);
    const of = (id: string): number => layers[0]!.estimators[id]!.heldOut.mean!;
    expect(Math.abs(of('filter') - (1 - correlated))).toBeLessThan(3 * error);
    // Both are 1; what is left is the pattern's own error.
    for (const id of ['linear', 'two-component'])
      expect(Math.abs(of(id) - 1)).toBeLessThan(3 * (1 / Math.sqrt(N)) * 2);
  },
);

const deep = createNetwork({
  inputs: [{ name: 'x', shape: [{ batch: 1 }, 4] }],
  outputs: ['out'],
  layers: [
    denseOf('hidden', 'x', [
      [1, 2, 0, 1],
      [0, 1, -1, 1],
      [2, 0, 1, 1],
    ]),
    rectifierOf('relu', 'hidden'),
    denseOf('out', 'relu', [[1, -1, 1]]),
  ],
});
const samples = (count: number, seed: number): SampleSource => sourceOf(draw(seed, [count, 4]));

describe('bad input', () => {
  const fitted = fitPatterns(deep, samples(30, 1), { backend });

  test('too little data, with the count that it has and needs', async () => {
    const patterns = await fitted;
    const measure = (count: number, layers?: string[]) =>
      measureQuality(
        deep,
        { regress: samples(count, 2), test: samples(9, 3) },
        { backend, patterns, layers },
      );
    await expect(measure(4)).rejects.toMatchObject({
      code: 'empty-data',
      message: expect.stringMatching(/"hidden": 4 samples .* at least 6 /) as string,
    });
    const { layers, notes } = await measure(5);
    expect(notes).toEqual([expect.stringContaining('"hidden": 5 samples')]);
    expect(layers[0]!.estimators['linear']!.heldOut.mean).toBeNull();
    expect(layers[1]!.estimators['filter']!.fit.mean).not.toBeNull();
    await expect(measure(5, ['hidden'])).rejects.toMatchObject({ code: 'empty-data' });
  });

  test('layers that are not there or not linear, patterns of another network', async () => {
    const patterns = await fitted;
    const splits = { regress: samples(20, 2), test: samples(20, 3) };
    await expect(
      measureQuality(deep, splits, { backend, patterns, layers: ['hiden'] }),
    ).rejects.toThrow('Did you mean "hidden"?');
    await expect(
      measureQuality(deep, splits, { backend, patterns, layers: ['relu'] }),
    ).rejects.toThrow('layer "relu" is a rectifier, and rho belongs to linear layers');
    await expect(measureQuality(toy, splits, { backend, patterns })).rejects.toMatchObject({
      code: 'pattern-mismatch',
    });
  });

  test('a cancelled measurement', async () => {
    const patterns = await fitted;
    const splits = { regress: samples(20, 2), test: samples(20, 3) };
    await expect(
      measureQuality(deep, splits, { backend, patterns, signal: { aborted: true } }),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });
});

test('memory: layers in several passes over the data give the same numbers', async () => {
  let read = 0;
  const counted = (source: SampleSource): SampleSource => ({
    count: source.count,
    read: (first, count) => {
      read += count;
      return source.read(first, count);
    },
  });
  const patterns = await fitPatterns(deep, samples(30, 1), { backend });
  const splits = { regress: counted(samples(20, 2)), test: counted(samples(20, 3)) };
  const whole = await measureQuality(deep, splits, { backend, patterns });
  expect(read).toBe(40);
  const small = await measureQuality(deep, splits, { backend, patterns, memory: 20e6 });
  expect(read).toBe(40 + 80);
  expect(small).toEqual(whole);
});
