import {
  createExplainer,
  fitPatterns,
  sliceSamples,
  tensor,
  type MethodChoice,
  type MethodId,
  type Tensor,
} from '@patternlens/core';
import { createNetwork } from '@patternlens/core/network';
import { normals } from '@patternlens/core/tensor';
import { denseOf } from '../testing/layer-of.js';
import { referenceBackend } from '@patternlens/reference';
import { relativeDifference } from '../testing/compare.js';
import { randomInputs, randomNetwork } from '../testing/random-network.js';

const backend = referenceBackend();
const network = randomNetwork(11, { blocks: 2, channels: [3, 5] });
const x = randomInputs(network, 12, 3);
const target = [2, 0, 1];
const SAMPLES = 5;

async function relevance(method: MethodChoice): Promise<Tensor> {
  const patterns = await fitPatterns(network, [x], { backend });
  await using explainer = await createExplainer(network, { backend, method, patterns });
  return (await explainer.explain(x, { target })).relevanceByInput['image']!;
}

/** Every noisy member's relevance, by explicit loops: `[sample][member]`. */
async function members(of: MethodId, noise: number, seed: number): Promise<Float64Array[][]> {
  const patterns = await fitPatterns(network, [x], { backend });
  await using explainer = await createExplainer(network, { backend, method: of, patterns });
  return await Promise.all(
    target.map(async (wanted, sample) => {
      const { data, shape } = sliceSamples(x, sample, sample + 1);
      const deviation = noise * (Math.max(...data) - Math.min(...data));
      const draw = normals(seed);
      const all: Float64Array[] = [];
      for (let member = 0; member < SAMPLES; member++) {
        const noisy = Float64Array.from(data, (value) => value + deviation * draw());
        const explained = await explainer.explain(tensor(noisy, shape), { target: wanted });
        const power = 2 ** explained.exponents[0]!;
        all.push(
          Float64Array.from(explained.relevanceByInput['image']!.data, (value) => value * power),
        );
      }
      return all;
    }),
  );
}

const joined = (parts: readonly number[][]): number[] => parts.flat();

const mean = (
  all: readonly Float64Array[],
  change: (value: number) => number = (value) => value,
): number[] =>
  Array.from(
    all[0]!,
    (_, at) => all.reduce((sum, values) => sum + change(values[at]!), 0) / all.length,
  );

describe.each([
  'gradient',
  'input-x-gradient',
  'guided-backprop',
  'lrp-epsilon',
  'pattern-attribution',
] as const)('of %s', (of) => {
  test('it is the mean, the mean square and the variance over the very same noise', async () => {
    const all = await members(of, 0.3, 7);
    const options = { id: 'smoothgrad', samples: SAMPLES, noise: 0.3, seed: 7, of } as const;
    const means = all.map((gradients) => mean(gradients));
    const squares = all.map((gradients) => mean(gradients, (value) => value * value));
    const variances = all.map((gradients, sample) =>
      Array.from(
        gradients[0]!,
        (_, at) =>
          gradients.reduce((sum, values) => sum + (values[at]! - means[sample]![at]!) ** 2, 0) /
          gradients.length,
      ),
    );
    expect(relativeDifference((await relevance(options)).data, joined(means))).toBeLessThan(1e-12);
    expect(
      relativeDifference(
        (await relevance({ ...options, variant: 'squared' })).data,
        joined(squares),
      ),
    ).toBeLessThan(1e-12);
    expect(
      relativeDifference(
        (await relevance({ ...options, variant: 'variance' })).data,
        joined(variances),
      ),
    ).toBeLessThan(1e-12);
  });
});

test('without noise it is the gradient, its square, and nothing', async () => {
  const gradient = (await relevance('gradient')).data;
  const options = { id: 'smoothgrad', samples: 3, noise: 0 } as const;
  expect(relativeDifference((await relevance(options)).data, gradient)).toBeLessThan(1e-14);
  const squared = await relevance({ ...options, variant: 'squared' });
  expect(
    relativeDifference(
      squared.data,
      gradient.map((value) => value * value),
    ),
  ).toBeLessThan(1e-14);
  expect(
    (await relevance({ ...options, variant: 'variance' })).data.every((value) => value === 0),
  ).toBe(true);
  const little = await relevance({ id: 'smoothgrad', samples: 3, noise: 1e-9 });
  expect(relativeDifference(little.data, gradient)).toBeLessThan(1e-6);
});

test('the seed makes the noise: the same again, another for another', async () => {
  const options = { id: 'smoothgrad', samples: SAMPLES, noise: 0.3 } as const;
  const [a, b, c] = [
    await relevance(options),
    await relevance(options),
    await relevance({ ...options, seed: 1 }),
  ];
  expect(a.data).toEqual(b.data);
  expect(relativeDifference(c.data, a.data)).toBeGreaterThan(1e-3);
});

test('the variance of a far mean does not cancel away', async () => {
  // The gradient of 1e8 x + x^2/2 is 1e8 + x: its variance is that of the noise.
  const net = createNetwork({
    inputs: [{ name: 'x', shape: [{ batch: 1 }, 2] }],
    outputs: ['y'],
    layers: [
      denseOf('a', 'x', [[1, 0]]),
      {
        ...denseOf('unused', 'x', [[1, 0]]),
        name: 'far',
        output: 'far',
        parameters: { weights: { tensor: tensor([1e8, 0], [1, 2]) } },
      },
      {
        kind: 'power',
        name: 'square',
        inputs: ['a'],
        output: 'square',
        attributes: {},
        parameters: { exponent: { tensor: tensor([2], []) } },
      } as never,
      { ...denseOf('half', 'square', [[0.5]]) },
      {
        kind: 'add',
        name: 'y',
        inputs: ['half', 'far'],
        output: 'y',
        attributes: { signs: [1, 1] },
        parameters: {},
      } as never,
    ],
  });
  const method = {
    id: 'smoothgrad',
    samples: 20,
    noise: 0.1,
    seed: 3,
    variant: 'variance',
  } as const;
  await using explainer = await createExplainer(net, { backend, method });
  const { relevanceByInput } = await explainer.explain(tensor([1, 3], [1, 2]), { target: 0 });
  const draw = normals(3);
  const noise = Array.from({ length: 20 }, () => [0.2 * draw(), draw()][0]!);
  const average = noise.reduce((sum, value) => sum + value, 0) / 20;
  const variance = noise.reduce((sum, value) => sum + (value - average) ** 2, 0) / 20;
  expect(relevanceByInput['x']!.data[0]! / variance).toBeCloseTo(1, 5);
});

test.each([
  ['sampels', { sampels: 3 }, /Did you mean "?samples/],
  ['a variant', { variant: 'var' }, /variant must be one of mean, squared, variance/],
  ['a method', { of: 'smoothgrad' }, /of must be one of gradient/],
  ['samples', { samples: 0 }, /samples must be at least 1/],
  ['noise', { noise: -1 }, /noise must be at least 0/],
])('%s that it does not have is refused', async (_what, parameters, message) => {
  const method = { id: 'smoothgrad', ...parameters } as unknown as MethodChoice;
  await expect(createExplainer(network, { backend, method })).rejects.toMatchObject({
    code: 'invalid-argument',
    message: expect.stringMatching(message) as string,
  });
});

test('its group and start are those of the method that it is of', async () => {
  const groupOf = async (of: 'gradient' | 'lrp-epsilon') => {
    await using explainer = await createExplainer(network, {
      backend,
      method: { id: 'smoothgrad', samples: 2, of },
    });
    const { recipe, starts, explained } = await explainer.explain(x);
    return { ...recipe, starts, explained };
  };
  expect(await groupOf('gradient')).toMatchObject({
    group: 'function',
    start: 'one',
    starts: [1, 1, 1],
  });
  const lrp = await groupOf('lrp-epsilon');
  expect(lrp).toMatchObject({ group: 'attribution', start: 'value' });
  expect(lrp.starts).toEqual(lrp.explained);
});
