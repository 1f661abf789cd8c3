import { createExplainer, fitPatterns, type PatternSet, tensor } from '@patternlens/core';
import { createNetwork } from '@patternlens/core/network';
import { referenceBackend } from '@patternlens/reference';
import { relativeDifference } from '../testing/compare.js';
import { fileOf, readFile } from '../testing/file-bytes.js';
import { denseOf, layerOf, rectifierOf } from '../testing/layer-of.js';
import { random } from '../testing/random.js';

const N = { batch: 1 };
const r = random(17);
const backend = referenceBackend();

/** A detector whose logit, and the last of whose units, are never above 0 in the data. */
const LAST = [[0.5, -0.25, 1, 0.75]];
const detector = createNetwork({
  inputs: [{ name: 'x', shape: [N, 3] }],
  outputs: ['logit'],
  layers: [
    denseOf(
      'hidden',
      'x',
      Array.from({ length: 4 }, () => Array.from(r.normal([3]).data)),
      [0.5, 0.5, 0.5, -100],
    ),
    rectifierOf('relu', 'hidden'),
    denseOf('logit', 'relu', LAST, [-100]),
  ],
});
const data = r.normal([64, 3]);
const x = r.normal([2, 3]);
let patterns: PatternSet;
beforeAll(async () => {
  patterns = await fitPatterns(detector, [data], { backend });
});

const explain = async (
  using: PatternSet,
  method: 'pattern-net' | 'pattern-attribution' = 'pattern-net',
  layer?: string,
) => {
  await using explainer = await createExplainer(detector, { backend, method, patterns: using });
  return await explainer.explain(
    x,
    layer === undefined ? {} : { target: { layer, channel: 3, position: [] } },
  );
};

/** Patterns whose positive directions are the linear ones for some neurons of a layer. */
function replaced(layer: string, neurons: readonly number[], inputs: number): PatternSet {
  const pattern = patterns.layers.get(layer)!;
  const { positive, linear } = pattern.directions;
  const rows = Float64Array.from(positive!.data, (value, at) =>
    neurons.includes(Math.floor(at / inputs)) ? linear!.data[at]! : value,
  );
  const directions = { ...pattern.directions, positive: tensor(rows, positive!.shape) };
  // Counts of one firing each: no neuron of the layer is taken for one that never fired.
  const changed = { ...pattern, directions, counts: pattern.counts.map(() => 1) };
  return { ...patterns, layers: new Map([...patterns.layers, [layer, changed]]) };
}

describe('a neuron that never fired in the data', () => {
  test('has no direction of the positive regime in the patterns', () => {
    expect([...patterns.layers.get('logit')!.counts]).toEqual([0]);
    expect(patterns.layers.get('hidden')!.counts[3]).toBe(0);
    expect([...patterns.layers.get('logit')!.directions.positive!.data]).toEqual([0, 0, 0, 0]);
  });

  test.each(['pattern-net', 'pattern-attribution'] as const)(
    'of %s takes the linear pattern, the others keep theirs',
    async (method) => {
      const got = await explain(patterns, method);
      const want = await explain(replaced('logit', [0], 4), method);
      expect(want.relevance.data.some((value) => value !== 0)).toBe(true);
      expect(relativeDifference(got.relevance.data, want.relevance.data)).toBeLessThan(1e-12);
      const hidden = await explain(patterns, method, 'hidden');
      const wanted = await explain(replaced('hidden', [3], 3), method, 'hidden');
      expect(hidden.relevance.data.some((value) => value !== 0)).toBe(true);
      expect(relativeDifference(hidden.relevance.data, wanted.relevance.data)).toBeLessThan(1e-12);
    },
  );

  test('is told of by name, from a file too', async () => {
    const told = [
      {
        code: 'linear-pattern',
        layer: 'hidden',
        value: 1,
        text: '1 of 4 neurons never fired in the data that the patterns were fitted on: the linear pattern is taken',
      },
      {
        code: 'linear-pattern',
        layer: 'logit',
        value: 1,
        text: '1 of 1 neuron never fired in the data that the patterns were fitted on: the linear pattern is taken',
      },
    ];
    const file = await readFile(await fileOf(patterns));
    const [now, read] = [await explain(patterns), await explain(file)];
    expect(now.recipe.remarks).toEqual(told);
    expect(read.recipe.remarks).toEqual(told);
    expect(relativeDifference(read.relevance.data, now.relevance.data)).toBeLessThan(1e-6);
  });

  test('passes nothing where no linear pattern was fitted, which is told', async () => {
    const estimators = ['two-component'] as const;
    const without = await fitPatterns(detector, [data], { backend, estimators });
    const { relevance, recipe } = await explain(without);
    expect(relevance.data.every((value) => value === 0)).toBe(true);
    expect(recipe.remarks!.map(({ code, layer }) => [code, layer])).toEqual([
      ['no-pattern', 'hidden'],
      ['no-pattern', 'logit'],
    ]);
  });

  test('is nothing to methods that do not take the direction', async () => {
    for (const method of [{ id: 'pattern-net', estimator: 'linear' } as const, 'lrp-0' as const]) {
      await using explainer = await createExplainer(detector, { backend, method, patterns });
      expect((await explainer.explain(x)).recipe.remarks).toBeUndefined();
    }
  });
});

test('what is approximate is told with the explanation', async () => {
  const network = createNetwork({
    inputs: [{ name: 'x', shape: [N, 4] }],
    outputs: ['y'],
    layers: [
      denseOf('h', 'x', [[1, 2, 3, 4]]),
      layerOf('activation', 'f', 'h', { function: 'silu' }),
      denseOf('y', 'f', [[1]]),
    ],
  });
  await using explainer = await createExplainer(network, { backend, method: 'guided-backprop' });
  const { recipe } = await explainer.explain(r.normal([1, 4]));
  expect(recipe.remarks).toEqual([
    { code: 'rule', layer: 'f', text: expect.stringMatching(/^approximate/) as string },
  ]);
});
