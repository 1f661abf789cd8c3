import {
  createExplainer,
  tensor,
  type MethodChoice,
  type Network,
  type Tensor,
} from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import { QUADRATURES } from '@patternlens/core/rules';
import { denseOf, layerOf, rectifierOf } from '../testing/layer-of.js';
import { referenceBackend } from '@patternlens/reference';
import { relativeDifference } from '../testing/compare.js';
import { random } from '../testing/random.js';
import { randomInputs, randomNetwork } from '../testing/random-network.js';

const backend = referenceBackend();
const N = { batch: 1 };

const network = (inputs: number, output: string, ...layers: Layer[]): Network =>
  createNetwork({ inputs: [{ name: 'x', shape: [N, inputs] }], outputs: [output], layers });

async function explain(
  network: Network,
  x: Tensor,
  choice: Readonly<Record<string, unknown>>,
  target = 0,
) {
  const method = { id: 'integrated-gradients', ...choice } as MethodChoice;
  await using explainer = await createExplainer(network, { backend, method });
  return await explainer.explain(x, { target });
}

const linear = network(
  3,
  'y',
  denseOf(
    'y',
    'x',
    [
      [2, -1, 0.5],
      [1, 1, 1],
    ],
    [4, 0],
  ),
);

/** `y = (w x)^2`. */
const quadratic = network(
  2,
  'y',
  denseOf('a', 'x', [[3, -2]]),
  layerOf('power', 'y', 'a', {}, { exponent: tensor([2], []) }),
);

const smooth = network(
  2,
  'y',
  denseOf('a', 'x', [
    [1, -0.7],
    [0.4, 1.2],
    [-0.9, 0.3],
  ]),
  layerOf('activation', 't', 'a', { function: 'tanh' }),
  denseOf('y', 't', [[1, -2, 1.5]], [0.3]),
);

describe.each(QUADRATURES)('with quadrature %s', (quadrature) => {
  test('a linear network is explained exactly in one step, whatever the baseline', async () => {
    const x = tensor([1, 2, 3, -1, 0, 5], [2, 3]);
    const { relevance, completenessErrors, relativeCompletenessErrors } = await explain(linear, x, {
      steps: 1,
      quadrature,
      baseline: [0.5, -1, 2],
    });
    const expected = [2 * 0.5, -1 * 3, 0.5 * 1, 2 * -1.5, -1 * 1, 0.5 * 3];
    expect(relativeDifference(relevance.data as Float64Array, expected)).toBeLessThan(1e-15);
    completenessErrors!.forEach((error) => {
      expect(error).toBeLessThan(1e-14);
    });
    expect(relativeCompletenessErrors).toHaveLength(2);
  });
});

test('a quadratic network has its closed form, by every rule that is exact for straight lines', async () => {
  const x = tensor([2, 1], [1, 2]);
  const from = [-1, 3];
  // Along x' + t d the gradient is 2 (w x' + t w d) w: its mean is (w x' + w x) w.
  const sum = 3 * (2 - 1) - 2 * (1 + 3);
  const expected = [(2 - -1) * sum * 3, (1 - 3) * sum * -2];
  for (const [quadrature, steps] of [
    ['midpoint', 1],
    ['midpoint', 7],
    ['trapezoid', 1],
    ['gauss-legendre', 1],
  ] as const) {
    const { relevance, completenessErrors } = await explain(quadratic, x, {
      steps,
      quadrature,
      baseline: from,
    });
    expect(relativeDifference(relevance.data as Float64Array, expected)).toBeLessThan(1e-14);
    expect(completenessErrors![0]).toBeLessThan(1e-12);
  }
});

test('the left and the right rule miss a quadratic by what they should', async () => {
  const x = tensor([2, 1], [1, 2]);
  const f = (3 * 2 - 2 * 1) ** 2;
  // The gradient at t is 2 t f / x: its left sum is f (1 - 1/n).
  const left = await explain(quadratic, x, { steps: 10, quadrature: 'left' });
  const right = await explain(quadratic, x, { steps: 10, quadrature: 'right' });
  expect(left.sums[0]).toBeCloseTo(f * 0.9, 12);
  expect(right.sums[0]).toBeCloseTo(f * 1.1, 12);
  expect(left.completenessErrors![0]).toBeCloseTo(f * 0.1, 12);
  expect(left.relativeCompletenessErrors![0]).toBeCloseTo(0.1, 12);
});

test.each([
  ['left', 1],
  ['right', 1],
  ['midpoint', 2],
  ['trapezoid', 2],
] as const)('completeness of %s converges at order %d', async (quadrature, order) => {
  const x = tensor([1.3, -0.8], [1, 2]);
  const error = async (steps: number): Promise<number> =>
    (await explain(smooth, x, { steps, quadrature })).completenessErrors![0]!;
  expect(Math.log2((await error(32)) / (await error(64)))).toBeCloseTo(order, 1);
});

test('Gauss and Legendre need a few points where the midpoint rule needs hundreds', async () => {
  const x = tensor([1.3, -0.8], [1, 2]);
  const gauss = await explain(smooth, x, { steps: 12, quadrature: 'gauss-legendre' });
  const midpoint = await explain(smooth, x, { steps: 400 });
  expect(gauss.completenessErrors![0]).toBeLessThan(1e-9);
  expect(gauss.completenessErrors![0]! * 100).toBeLessThan(midpoint.completenessErrors![0]!);
  expect(
    relativeDifference(gauss.relevance.data as Float64Array, midpoint.relevance.data),
  ).toBeLessThan(1e-5);
});

test('it is the mean of gradients written out step by step', async () => {
  const net = randomNetwork(5);
  const x = randomInputs(net, 6, 3);
  const steps = 6;
  const target = [1, 0, 3];
  await using gradient = await createExplainer(net, { backend, method: 'gradient' });
  await using integrated = await createExplainer(net, {
    backend,
    method: { id: 'integrated-gradients', steps, baseline: 0.25 },
  });
  const sum = new Float64Array(x.data.length);
  for (let step = 0; step < steps; step++) {
    const data = Float64Array.from(
      x.data,
      (value) => 0.25 + ((step + 0.5) / steps) * (value - 0.25),
    );
    const { relevanceByInput } = await gradient.explain({ data, shape: x.shape }, { target });
    relevanceByInput['image']!.data.forEach((value, at) => {
      sum[at]! += (value * (x.data[at]! - 0.25)) / steps;
    });
  }
  const { relevanceByInput, targets, recipe, starts, exponents } = await integrated.explain(x, {
    target,
  });
  expect(relativeDifference(relevanceByInput['image']!.data, sum)).toBeLessThan(1e-13);
  expect(targets).toEqual(target);
  expect(starts).toEqual([1, 1, 1]);
  expect(exponents).toEqual([0, 0, 0]);
  expect(recipe).toMatchObject({
    method: 'integrated-gradients',
    group: 'attribution',
    start: 'one',
    parameters: { steps: 6, baseline: 0.25, quadrature: 'midpoint' },
  });
});

test('the target is that of the full input, though another class is strongest on the way', async () => {
  // Class 1 has the bias, class 0 the slope.
  const net = network(1, 'y', denseOf('y', 'x', [[1], [0]], [0, 0.75]));
  await using explainer = await createExplainer(net, { backend, method: 'integrated-gradients' });
  const { targets, relevance } = await explainer.explain(tensor([1], [1, 1]));
  expect(targets).toEqual([0]);
  expect(relevance.data[0]).toBeCloseTo(1, 14);
});

test('a neuron of a layer: its strongest position stays that of the full input', async () => {
  const r = random(3);
  const conv = layerOf(
    'convolution',
    'conv',
    'image',
    { strides: [1, 1], dilations: [1, 1], padsBegin: [1, 1], padsEnd: [1, 1], groups: 1 },
    { weights: r.normal([3, 2, 3, 3]), bias: r.normal([3, 1, 1]) },
  );
  const net = createNetwork({
    inputs: [{ name: 'image', shape: [N, 2, 3, 4] }],
    outputs: ['flat'],
    layers: [
      conv,
      rectifierOf('relu', 'conv'),
      layerOf('reshape', 'flat', 'relu', { shape: [N, 36] }),
    ],
  });
  const x = r.normal([2, 2, 3, 4]);
  const target = { layer: 'conv', channel: 1, position: 'max' } as const;
  await using gradient = await createExplainer(net, { backend, method: 'input-x-gradient' });
  await using integrated = await createExplainer(net, {
    backend,
    method: { id: 'integrated-gradients', steps: 3 },
  });
  const linearPart = await gradient.explain(x, { target });
  const result = await integrated.explain(x, { target });
  // Up to the convolution the network is linear.
  expect(
    relativeDifference(result.relevance.data as Float64Array, linearPart.relevance.data),
  ).toBeLessThan(1e-14);
  expect(result.targets).toEqual(linearPart.targets);
  result.completenessErrors!.forEach((error) => {
    expect(error).toBeLessThan(1e-13);
  });
});

test('a baseline of its own for each channel, wherever the input has its channels', async () => {
  const r = random(9);
  const attributes = {
    strides: [1, 1],
    dilations: [1, 1],
    padsBegin: [0, 0],
    padsEnd: [0, 0],
    groups: 1,
  };
  const weights = r.normal([1, 3, 2, 2]);
  const make = (last: boolean): Network =>
    createNetwork({
      inputs: [{ name: 'image', shape: last ? [N, 2, 2, 3] : [N, 3, 2, 2] }],
      outputs: ['flat'],
      layers: [
        ...(last ? [layerOf('transpose', 'first', 'image', { permutation: [0, 3, 1, 2] })] : []),
        layerOf('convolution', 'conv', last ? 'first' : 'image', attributes, { weights }),
        layerOf('reshape', 'flat', 'conv', { shape: [N, 1] }),
      ],
    });
  const method = { id: 'integrated-gradients', steps: 1, baseline: [1, 2, 3] } as const;
  const first = r.normal([1, 3, 2, 2]);
  const last = Float64Array.from(
    { length: 12 },
    (_, at) => first.data[(at % 3) * 4 + Math.floor(at / 3)]!,
  );
  await using ofFirst = await createExplainer(make(false), { backend, method });
  await using ofLast = await createExplainer(make(true), { backend, method });
  const one = (await ofFirst.explain(first)).relevance;
  const other = (await ofLast.explain(tensor(last, [1, 2, 2, 3]))).relevance;
  Array.from(one.data).forEach((value, at) => {
    expect(value).toBeCloseTo(weights.data[at]! * (first.data[at]! - 1 - Math.floor(at / 4)), 12);
    expect(other.data[(at % 4) * 3 + Math.floor(at / 4)]).toBeCloseTo(value, 12);
  });
});

test('a baseline of another number of channels is refused before anything runs', async () => {
  const method = { id: 'integrated-gradients', baseline: [1, 2] } as const;
  await expect(createExplainer(linear, { backend, method })).rejects.toMatchObject({
    code: 'invalid-argument',
    message: expect.stringMatching(/baseline has 2 numbers, input "x" has 3 channels/) as string,
  });
});
