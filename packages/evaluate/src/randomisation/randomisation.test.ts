import {
  resolveNetwork,
  chooseMethod,
  createExplainer,
  fitPatterns,
  sliceSamples,
  type MethodChoice,
  type Network,
  type PatternSet,
  type Tensor,
} from '@patternlens/core';
import { referenceBackend } from '@patternlens/reference';
import { onlyInput } from '../maps/sample-layout.js';
import { strengths, sumChannels } from '../maps/position-maps.js';
import { spearman } from '../statistics/spearman.js';
import {
  contextOf,
  convolutionNetwork,
  drawnTensor,
  fittedPatterns,
} from '../testing/tiny-networks.js';
import { keepPatterns } from './keep-patterns.js';
import { mapSimilarity } from './map-similarity.js';
import { measureRandomisation } from './randomisation.js';
import { randomisation } from './randomisation-metric.js';
import { randomiseLayers } from './randomise-layers.js';

const network = convolutionNetwork(3, 'softmax');
const base = resolveNetwork(network);
const x = drawnTensor(4, [6, 2, 6, 6]);
const backend = referenceBackend();
const weightsOf = (network: Network, layer: string): Tensor =>
  network.layers.find(({ name }) => name === layer)!.parameters['weights']!.tensor;

describe('layers drawn anew', () => {
  test('the named ones alone, by their own seed', () => {
    const one = randomiseLayers(base, new Set(['hidden']), 1);
    const both = randomiseLayers(base, new Set(['hidden', 'top']), 1);
    expect(weightsOf(one, 'conv')).toBe(weightsOf(base, 'conv'));
    expect(weightsOf(one, 'hidden')).toEqual(weightsOf(both, 'hidden'));
    expect(weightsOf(one, 'top')).toBe(weightsOf(base, 'top'));
    expect(weightsOf(both, 'top')).not.toEqual(weightsOf(base, 'top'));
    expect(weightsOf(randomiseLayers(base, new Set(['hidden']), 2), 'hidden')).not.toEqual(
      weightsOf(one, 'hidden'),
    );
  });

  test('with mean 0 and the deviation that they had', () => {
    const before = weightsOf(base, 'hidden').data,
      after = weightsOf(randomiseLayers(base, new Set(['hidden']), 1), 'hidden').data;
    const moments = (values: Tensor['data']): [number, number] => {
      const data = Array.from(values);
      const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
      return [mean, Math.sqrt(data.reduce((sum, v) => sum + (v - mean) ** 2, 0) / data.length)];
    };
    const [mean, deviation] = moments(after);
    expect(Math.abs(mean)).toBeLessThan(0.06);
    expect(Math.abs(deviation / moments(before)[1] - 1)).toBeLessThan(0.1);
    expect(spearman(before, after)).toBeLessThan(0.15);
  });
});

describe('patterns', () => {
  let patterns: PatternSet;
  beforeAll(async () => {
    patterns = await fittedPatterns(network, 5);
  });

  /** Rank correlation of magnitudes with the original, by what the core says of the two networks. */
  async function expected(
    method: MethodChoice,
    randomised: Network,
    fitted: PatternSet | undefined,
  ): Promise<(number | null)[]> {
    const axes = onlyInput('test', base);
    const explain = async (of: Network, given: PatternSet | undefined, targets?: number[]) => {
      const explainer = await createExplainer(of, { backend, method, patterns: given });
      return explainer.explain(x, targets ? { target: targets } : {});
    };
    const before = await explain(network, patterns);
    const after = await explain(randomised, fitted, before.targets as number[]);
    return Array.from({ length: 6 }, (_, at) =>
      spearman(
        strengths(before.relevanceByInput['image']!, at, axes, before.recipe.group),
        strengths(after.relevanceByInput['image']!, at, axes, before.recipe.group),
      ),
    );
  }

  test('kept and refitted, each as it would be alone', async () => {
    const { runs, refitted } = await measureRandomisation(
      contextOf(network, x, { methods: ['gradient', 'pattern-attribution'], patterns }),
    );
    expect(refitted).toBe(6);
    expect(runs.map(({ method, patterns: handling, order }) => [order, method, handling])).toEqual(
      ['cascading', 'independent'].flatMap((order) => [
        [order, 'gradient', undefined],
        [order, 'pattern-attribution', 'kept'],
        [order, 'pattern-attribution', 'refitted'],
      ]),
    );
    const names = ['top', 'hidden', 'conv'];
    for (const { order, method, patterns: handling, stages } of runs) {
      expect(stages.map(({ layer }) => layer)).toEqual(names);
      for (const [at, { perSample, layers }] of stages.entries()) {
        const drawn = new Set(order === 'cascading' ? names.slice(0, at + 1) : [names[at]!]);
        expect(layers).toBe(drawn.size);
        const randomised = randomiseLayers(base, drawn, 1);
        const ofVariant =
          handling === 'kept'
            ? keepPatterns(patterns, base, randomised)
            : await fitPatterns(randomised, [x], { backend });
        const wanted = await expected(
          chooseMethod(method),
          randomised,
          method === 'gradient' ? undefined : ofVariant,
        );
        expect(perSample.magnitude).toEqual(wanted);
      }
    }
  });

  test('the pattern of another network is refused, not kept', async () => {
    await expect(
      measureRandomisation(
        contextOf(convolutionNetwork(8), x, { methods: ['gradient'], patterns }),
      ),
    ).rejects.toMatchObject({ code: 'pattern-mismatch' });
  });

  test('the same in batches of any size; one way alone', async () => {
    const measure = (batch: number) =>
      randomisation.measure(
        contextOf(network, x, { methods: ['pattern-net', 'lrp-0'], patterns, batch }),
        { order: 'cascading', patterns: 'kept', samples: 4 },
      );
    const [two, six] = await Promise.all([measure(2), measure(6)]);
    expect(two).toEqual(six);
    expect(two.charts.map(({ id }) => id)).toEqual(['randomisation-cascading']);
    expect(two.charts[0]).toMatchObject({ categories: ['none', 'top', 'hidden', 'conv'] });
    expect(two.charts[0]!.series.map(({ name, y }) => [name, y[0], y.length])).toEqual([
      ['pattern-net (patterns kept)', 1, 4],
      ['lrp-0', 1, 4],
    ]);
    expect(two.json).toMatchObject({ samples: 4 });
    for (const { rows, columns } of two.tables)
      for (const row of rows) expect(row).toHaveLength(columns.length);
  });

  test('methods that need patterns and have none are named', async () => {
    const { warnings, runs } = await measureRandomisation(
      contextOf(network, x, { methods: ['pattern-net', 'gradient'] }),
      { order: 'independent' },
    );
    expect(warnings).toEqual([expect.stringMatching(/^pattern-net could not be measured: /)]);
    expect(runs.map(({ method }) => method)).toEqual(['gradient']);
  });
});

test('maps are as alike as they are', () => {
  const map = sumChannels(sliceSamples(x, 0, 1), 0, onlyInput('test', base));
  const original = { magnitude: map.map(Math.abs), signed: map };
  const turned = { magnitude: original.magnitude, signed: map.map((value) => -value) };
  const close = (value: number) => expect.closeTo(value, 12) as number;
  expect(mapSimilarity(original, original, [6, 6])).toEqual({
    magnitude: close(1),
    signed: close(1),
    ssim: close(1),
  });
  expect(mapSimilarity(original, turned, [6, 6])).toEqual({
    magnitude: close(1),
    signed: close(-1),
    ssim: close(1),
  });
  expect(mapSimilarity(original, original, [36]).ssim).toBeNull();
  const zeros = { magnitude: new Float64Array(36), signed: new Float64Array(36) };
  expect(mapSimilarity(original, zeros, [6, 6])).toEqual({
    magnitude: null,
    signed: null,
    ssim: null,
  });
});
