import {
  createExplainer,
  fitPatterns,
  tensor,
  type ExplainerOptions,
  type Explanation,
  type Network,
  type Tensor,
} from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import { referenceBackend } from '@patternlens/reference';
import { denseOf, layerOf, rectifierOf } from '../testing/layer-of.js';

const backend = referenceBackend();
const N = { batch: 1 };

const network = (size: number, layers: readonly Layer[]): Network =>
  createNetwork({
    inputs: [{ name: 'x', shape: [N, size] }],
    outputs: [layers.at(-1)!.output],
    layers,
  });

async function explained(
  of: Network,
  x: Tensor,
  options: Omit<ExplainerOptions, 'backend'>,
): Promise<Explanation> {
  await using explainer = await createExplainer(of, { backend, ...options });
  return await explainer.explain(x);
}

const one = (...values: number[]): Tensor => tensor(Float64Array.from(values), [1, values.length]);
const codesOf = ({ warnings }: Explanation): string[][] =>
  warnings.map((told) => told.map(({ code }) => code));

describe('near-cancelling sums', () => {
  // 1 and -0.9999 are added: 0.0001, so that shares are 10,000 and -9,999 times what arrives.
  const added = network(1, [
    denseOf('up', 'x', [[1]]),
    denseOf('down', 'x', [[-0.9999]]),
    layerOf('add', 'sum', ['up', 'down'], { signs: [1, 1] }),
    denseOf('top', 'sum', [[2]]),
  ]);

  test.each(['lrp-z-plus', 'lrp-alpha1-beta0'] as const)(
    '%s: what has no positive contribution is lost, and the sum explodes',
    async (method) => {
      const explanation = await explained(added, one(1), { method });
      expect(explanation.sums[0]! / explanation.starts[0]!).toBeCloseTo(1e4, 4);
      const [[sum, loss, growth]] = explanation.warnings as [(typeof explanation.warnings)[number]];
      expect(codesOf(explanation)).toEqual([
        ['sum-off-start', 'conservation-loss', 'near-cancellation'],
      ]);
      expect(sum!.value).toBeCloseTo(1e4, 4);
      expect(sum!.text).not.toContain('logit');
      expect(loss).toMatchObject({ layer: 'down' });
      expect(loss!.value).toBeCloseTo(-9999, 4);
      expect(loss!.text).toContain('denominator is 0');
      expect(growth).toMatchObject({ layer: 'sum' });
      expect(growth!.value).toBeCloseTo(19999, 4);
    },
  );

  test('alpha2-beta1 gives the negative contribution -1 of what arrives: it is a gain of the same size', async () => {
    const explanation = await explained(added, one(1), { method: 'lrp-alpha2-beta1' });
    expect(codesOf(explanation)[0]).toContain('near-cancellation');
    expect(explanation.warnings[0]!.find(({ code }) => code === 'conservation-loss')?.layer).toBe(
      'down',
    );
  });

  test('in a dense layer: the sum is kept, the parts explode', async () => {
    const dense = network(1, [
      denseOf('both', 'x', [[1], [1]]),
      denseOf('less', 'both', [[1, -0.9999]]),
    ]);
    const explanation = await explained(dense, one(1), { method: 'lrp-0' });
    expect(explanation.sums[0]! / explanation.starts[0]!).toBeCloseTo(1, 6);
    expect(explanation.warnings).toEqual([[]]);
    // With one input the parts meet and cancel; with two they are seen.
    const apart = network(2, [denseOf('less', 'x', [[1, -0.9999]])]);
    const two = await explained(apart, one(1, 1), { method: 'lrp-0' });
    expect(codesOf(two)).toEqual([['near-cancellation']]);
    expect(two.warnings[0]![0]).toMatchObject({ layer: 'less' });
    expect(two.warnings[0]![0]!.value).toBeCloseTo(19999, 4);
  });

  test('is told of the samples that have it alone', async () => {
    const apart = network(2, [denseOf('less', 'x', [[1, -1]])]);
    const x = tensor([1, 0.9999, 1, 0.5, 3, 2.9999], [3, 2]);
    expect(codesOf(await explained(apart, x, { method: 'lrp-0' }))).toEqual([
      ['near-cancellation'],
      [],
      ['near-cancellation'],
    ]);
  });
});

test('relevance that vanishes is told with the layer that it vanishes in', async () => {
  const negative = network(2, [denseOf('mid', 'x', [[1, 1]]), denseOf('top', 'mid', [[-1]])]);
  const { warnings, sums } = await explained(negative, one(1, 2), { method: 'lrp-z-plus' });
  expect(sums).toEqual([0]);
  expect(warnings[0]).toEqual([
    {
      code: 'sum-off-start',
      value: 0,
      text: expect.stringContaining('sums to 0, which is 0 times the -3') as string,
    },
    {
      code: 'conservation-loss',
      layer: 'top',
      value: 1,
      text: expect.stringContaining('denominator is 0') as string,
    },
  ]);
});

test('a bias that keeps nearly everything is named', async () => {
  const biased = network(1, [denseOf('top', 'x', [[1]], [999])]);
  const { warnings } = await explained(biased, one(1), { method: 'lrp-0' });
  expect(warnings[0]).toEqual([
    {
      code: 'sum-off-start',
      value: expect.closeTo(1e-3, 12) as number,
      text: expect.any(String) as string,
    },
    {
      code: 'conservation-loss',
      layer: 'top',
      value: expect.closeTo(0.999, 12) as number,
      text: expect.stringContaining('that is the share of its bias') as string,
    },
  ]);
});

describe('what is in order is told nothing of', () => {
  const plain = network(2, [
    denseOf('a', 'x', [
      [1, 2],
      [3, 1],
    ]),
    rectifierOf('r', 'a'),
    denseOf('b', 'r', [[1, 2]]),
  ]);
  test.each([
    'gradient',
    'input-x-gradient',
    'lrp-0',
    'lrp-z-plus',
    'integrated-gradients',
    'occlusion',
    'guided-backprop',
  ] as const)('%s', async (method) => {
    expect((await explained(plain, one(1, 2), { method })).warnings).toEqual([[]]);
  });

  test('a start of 0', async () => {
    expect((await explained(plain, one(0, 0), { method: 'lrp-0' })).warnings).toEqual([[]]);
  });
});

describe('copies at additions', () => {
  const ADDITIONS = 8;
  const residual = network(1, [
    ...Array.from({ length: ADDITIONS }, (_, at): Layer[] => {
      const from = at === 0 ? 'x' : `add${at - 1}`;
      return [
        denseOf(`dense${at}`, from, [[1]]),
        layerOf('add', `add${at}`, [`dense${at}`, from], { signs: [1, 1] }),
      ];
    }).flat(),
    denseOf('top', `add${ADDITIONS - 1}`, [[1]]),
  ]);
  const fit = () => fitPatterns(residual, [tensor([1, 2, 3, 5], [4, 1])], { backend });

  test('multiply the sum, which is told with their number', async () => {
    const explanation = await explained(residual, one(3), {
      method: 'pattern-attribution',
      patterns: await fit(),
    });
    expect(explanation.warnings[0]).toEqual([
      {
        code: 'sum-off-start',
        value: expect.closeTo(2 ** ADDITIONS, 6) as number,
        text: expect.stringMatching(
          /^The relevance sums to .* 8 additions pass .* up to 256\./,
        ) as string,
      },
    ]);
    expect(explanation.warnings[0]![0]!.text).not.toContain('logit');
  });

  test('are told of SmoothGrad of the method too, and shares of none', async () => {
    const patterns = await fit();
    const smooth = { id: 'smoothgrad', of: 'pattern-attribution', samples: 2, noise: 0 } as const;
    const noisy = await explained(residual, one(3), { method: smooth, patterns });
    expect(codesOf(noisy)).toEqual([['sum-off-start']]);
    const shared = await explained(residual, one(3), {
      method: { id: 'pattern-attribution', add: 'share' },
      patterns,
    });
    expect(shared.warnings).toEqual([[]]);
    expect(shared.sums[0]).toBeCloseTo(shared.starts[0]!, 6);
  });
});

describe('integrated gradients that do not add up', () => {
  // f(1) - f(0) = 0.1, and the gradient is 1 behind 0.9: a quadrature gives the share of its nodes that lie there.
  const kinked = network(1, [denseOf('a', 'x', [[1]], [-0.9]), rectifierOf('r', 'a')]);
  const of = (parameters: object) =>
    explained(kinked, one(1), { method: { id: 'integrated-gradients', ...parameters } });

  test('are told with the error and what to raise', async () => {
    const { warnings, stepsTaken } = await of({ steps: 16 });
    expect(stepsTaken).toBeUndefined();
    // 2 of 16 midpoints: 0.125 for 0.1.
    expect(warnings[0]).toEqual([
      {
        code: 'incomplete',
        value: expect.closeTo(0.25, 9) as number,
        text: 'The relevance misses f(x) - f(baseline) by 25 % after 16 steps: raise steps, or let steps=auto find how many it takes.',
      },
    ]);
  });

  test('steps=auto doubles until the error is within the tolerance', async () => {
    // 13 of 128 midpoints: 1.6 %. 51 of 512: 0.4 %; 26 of 256: 1.6 %.
    const loose = await of({ steps: 'auto', tolerance: 0.02 });
    expect([loose.stepsTaken, loose.sums[0]]).toEqual([[128], expect.closeTo(13 / 128, 9)]);
    const usual = await of({ steps: 'auto' });
    expect([usual.stepsTaken, usual.sums[0]]).toEqual([[512], expect.closeTo(51 / 512, 9)]);
    expect(usual.warnings).toEqual([[]]);
    expect(usual.recipe.parameters).toMatchObject({ steps: 'auto', tolerance: 0.01, limit: 1024 });
  });

  test('steps=auto stops at its limit, and says so', async () => {
    const { stepsTaken, warnings, sums } = await of({ steps: 'auto', limit: 40 });
    expect(stepsTaken).toEqual([40]);
    expect(sums[0]).toBeCloseTo(4 / 40, 9);
    expect(warnings).toEqual([[]]);
    const few = await of({ steps: 'auto', limit: 24 });
    expect(few.stepsTaken).toEqual([24]);
    expect(few.warnings[0]).toEqual([
      {
        code: 'incomplete',
        value: expect.closeTo(0.1 / 0.1 - 2 / 24 / 0.1, 9) as number,
        text: expect.stringContaining('after 24 steps, its limit: raise limit') as string,
      },
    ]);
  });

  test('each sample takes its own steps, in batches of any size', async () => {
    const x = tensor([1, 0.5, 1.5], [3, 1]);
    const results = await Promise.all(
      [1, 3, 8].map((internalBatch) =>
        explained(kinked, x, {
          method: { id: 'integrated-gradients', steps: 'auto' },
          internalBatch,
        }),
      ),
    );
    for (const { stepsTaken, sums } of results) {
      expect(stepsTaken![0]).toBe(512);
      // Below the kink f is 0 all the way.
      expect([stepsTaken![1], sums[1]]).toEqual([16, 0]);
      expect(sums).toEqual(results[0]!.sums);
    }
  });

  test('tolerance and limit without auto are refused', async () => {
    await expect(of({ limit: 10 })).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(of({ steps: 'many' })).rejects.toThrow(/steps must be a number, or auto/);
  });
});

test('neurons that never fired in the data are told of every sample, by the layer and how many they are', async () => {
  const silent = network(2, [denseOf('top', 'x', [[1, 2]], [-100])]);
  const x = tensor([1, 2, 3, 1, 0, 2], [3, 2]);
  const patterns = await fitPatterns(silent, [x], { backend });
  const { warnings } = await explained(silent, x, { method: 'pattern-attribution', patterns });
  expect(warnings).toEqual(
    Array.from({ length: 3 }, () => [
      {
        code: 'linear-pattern',
        layer: 'top',
        value: 1,
        text: 'Layer "top": 1 of 1 neuron never fired in the data that the patterns were fitted on: the linear pattern is taken.',
      },
    ]),
  );
});
