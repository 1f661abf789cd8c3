import {
  resolveNetwork,
  createExplainer,
  tensor,
  type MethodChoice,
  type Network,
  type Tensor,
} from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import { forwardProgram } from '@patternlens/core/tracing';
import { denseOf, layerOf } from '../testing/layer-of.js';
import { referenceBackend } from '@patternlens/reference';
import { relativeDifference } from '../testing/compare.js';
import { randomInputs, randomNetwork } from '../testing/random-network.js';

const backend = referenceBackend();
const N = { batch: 1 };

async function forward(network: Network, x: Tensor): Promise<Float64Array> {
  await using executable = await backend.compile(forwardProgram(resolveNetwork(network)));
  const [output] = Object.values(await executable.run({ [network.inputs[0]!.name]: x }));
  return output!.data as Float64Array;
}

const softmax = (logits: Float64Array, target: number): number =>
  Math.exp(logits[target]!) / logits.reduce((sum, value) => sum + Math.exp(value), 0);

interface Window {
  readonly patch: number;
  readonly stride: number;
  readonly baseline: readonly number[];
  readonly probability?: boolean;
}

/** One sample `[1, C, H, W]` by brute force. */
async function bruteForce(
  network: Network,
  x: Tensor,
  target: number,
  { patch, stride, baseline, probability = false }: Window,
): Promise<number[]> {
  const [, channels, height, width] = x.shape as [number, number, number, number];
  const score = (logits: Float64Array): number =>
    probability ? softmax(logits, target) : logits[target]!;
  const whole = score(await forward(network, x));
  const places = (size: number): number[] => {
    const all = [0];
    while (all.at(-1)! + patch < size) all.push(all.at(-1)! + stride);
    return all;
  };
  const sums = new Float64Array(height * width);
  const counts = new Float64Array(height * width);
  for (const top of places(height))
    for (const left of places(width)) {
      const covers = (pixel: number): boolean => {
        const row = Math.floor(pixel / width),
          column = pixel % width;
        return row >= top && row < top + patch && column >= left && column < left + patch;
      };
      const plane = height * width;
      const data = x.data.map((value, at) =>
        covers(at % plane) ? baseline[Math.floor(at / plane) % baseline.length]! : value,
      );
      const drop = whole - score(await forward(network, { data, shape: x.shape }));
      for (let pixel = 0; pixel < plane; pixel++)
        if (covers(pixel)) {
          sums[pixel]! += drop;
          counts[pixel]! += 1;
        }
    }
  const map = sums.map((sum, pixel) => (counts[pixel] === 0 ? 0 : sum / counts[pixel]!));
  return Array.from({ length: channels }, () => Array.from(map)).flat();
}

async function explain(network: Network, x: Tensor, choice: object, target: number) {
  const method = { id: 'occlusion', ...choice } as MethodChoice;
  await using explainer = await createExplainer(network, { backend, method, internalBatch: 3 });
  return await explainer.explain(x, { target });
}

const network = randomNetwork(21, { blocks: 1, channels: [3, 4] });
const x = randomInputs(network, 22, 1);
const channels = x.shape[1]!;

test.each<Window>([
  { patch: 1, stride: 1, baseline: [0] },
  { patch: 3, stride: 2, baseline: [0.5] },
  { patch: 2, stride: 3, baseline: [0] },
  { patch: 100, stride: 1, baseline: [0] },
  { patch: 3, stride: 2, baseline: [0], probability: true },
  { patch: 2, stride: 2, baseline: Array.from({ length: channels }, (_, at) => at - 1) },
])('$patch pixels every $stride is what loops give (probability: $probability)', async (given) => {
  const { relevance, explained, completenessErrors } = await explain(
    network,
    x,
    {
      patch: given.patch,
      stride: given.stride,
      baseline: given.baseline.length === 1 ? given.baseline[0]! : given.baseline,
      score: given.probability === true ? 'probability' : 'logit',
    },
    2,
  );
  const expected = await bruteForce(network, x, 2, given);
  expect(expected.some((value) => value !== 0)).toBe(true);
  expect(relativeDifference(relevance.data as Float64Array, expected)).toBeLessThan(1e-12);
  // The logit before the cut, also where the drop is one of a probability.
  expect(explained).toEqual([(await forward(network, x))[2]]);
  expect(completenessErrors).toBeUndefined();
});

const strip = (size: number): Network =>
  createNetwork({
    inputs: [{ name: 'x', shape: [N, 1, size] }],
    outputs: ['y'],
    layers: [
      layerOf('reshape', 'flat', 'x', { shape: [N, size] }),
      denseOf('y', 'flat', [
        Array.from({ length: size }, () => 1),
        Array.from({ length: size }, () => 0),
      ]),
    ],
  });

test('windows go up to the first that reaches the end, are clipped there, and are averaged', async () => {
  const { relevance } = await explain(
    strip(5),
    tensor([1, 2, 4, 8, 16], [1, 1, 5]),
    { patch: 3, stride: 2 },
    0,
  );
  // [0, 3) drops 7, [2, 5) drops 28 and reaches the end.
  expect(Array.from(relevance.data)).toEqual([7, 7, 17.5, 28, 28]);
  const clipped = await explain(
    strip(4),
    tensor([1, 2, 4, 8], [1, 1, 4]),
    { patch: 3, stride: 2 },
    0,
  );
  // [2, 5) is clipped to [2, 4).
  expect(Array.from(clipped.relevance.data)).toEqual([7, 7, 9.5, 12]);
  const gap = await explain(
    strip(5),
    tensor([1, 2, 4, 8, 16], [1, 1, 5]),
    { patch: 1, stride: 3 },
    0,
  );
  expect(Array.from(gap.relevance.data)).toEqual([1, 0, 0, 8, 0]);
});

test('without a patch it is an eighth of the longest axis, and the stride half of it', async () => {
  const values = Float64Array.from({ length: 20 }, (_, at) => at);
  const asked = await explain(strip(20), tensor(values, [1, 1, 20]), { patch: 3, stride: 2 }, 0);
  const usual = await explain(strip(20), tensor(values, [1, 1, 20]), {}, 0);
  expect(usual.relevance.data).toEqual(asked.relevance.data);
});

test('a row of numbers is slid over number by number', async () => {
  const rows = createNetwork({
    inputs: [{ name: 'x', shape: [N, 3] }],
    outputs: ['y'],
    layers: [denseOf('y', 'x', [[1, 2, 3]])],
  });
  const { relevance } = await explain(
    rows,
    tensor([1, -1, 2], [1, 3]),
    { patch: 1, baseline: [1, 2, 3] },
    0,
  );
  expect(Array.from(relevance.data)).toEqual([0, -6, -3]);
});

test('of several inputs each is slid over by itself', async () => {
  const two = createNetwork({
    inputs: [
      { name: 'a', shape: [N, 2] },
      { name: 'b', shape: [N, 3] },
    ],
    outputs: ['y'],
    layers: [
      layerOf('concat', 'joined', ['a', 'b'], { axis: 1 }),
      denseOf('y', 'joined', [[1, 2, 3, 4, 5]]),
    ],
  });
  const given = { a: tensor([1, 2, 0, 1], [2, 2]), b: tensor([3, 4, 5, 1, 1, 1], [2, 3]) };
  await using explainer = await createExplainer(two, {
    backend,
    method: { id: 'occlusion', patch: 1 },
  });
  const { relevanceByInput } = await explainer.explain(given);
  expect(Array.from(relevanceByInput['a']!.data)).toEqual([1, 4, 0, 2]);
  expect(Array.from(relevanceByInput['b']!.data)).toEqual([9, 16, 25, 3, 4, 5]);
});

describe('a probability', () => {
  const ending = (...end: Layer[]): Network =>
    createNetwork({
      inputs: [{ name: 'x', shape: [N, 2] }],
      outputs: [end.at(-1)?.name ?? 'y'],
      layers: [denseOf('y', 'x', [[1, 2]]), ...end],
    });
  const sigmoid = layerOf('activation', 'p', 'y', { function: 'sigmoid' });

  test('is that of the sigmoid which was cut', async () => {
    const { relevance, explained } = await explain(
      ending(sigmoid),
      tensor([0.5, -1], [1, 2]),
      { patch: 1, score: 'probability' },
      0,
    );
    const p = (z: number): number => 1 / (1 + Math.exp(-z));
    expect(explained).toEqual([-1.5]);
    expect(relevance.data[0]).toBeCloseTo(p(-1.5) - p(-2), 14);
    expect(relevance.data[1]).toBeCloseTo(p(-1.5) - p(0.5), 14);
  });

  test.each([
    ['one output without a sigmoid', ending(), {}, /two classes or a sigmoid/],
    ['an output that is kept', ending(sigmoid), { keepOutput: true }, /is a probability already/],
    ["a layer's neuron", ending(sigmoid), { layer: 'y' }, /is about classes/],
  ])(
    'of %s is refused',
    async (
      _what,
      network,
      { layer, ...options }: { layer?: string; keepOutput?: boolean },
      message,
    ) => {
      const run = async () => {
        await using explainer = await createExplainer(network, {
          backend,
          method: { id: 'occlusion', score: 'probability' },
          ...options,
        });
        return await explainer.explain(tensor([1, 1], [1, 2]), {
          target: layer === undefined ? 'top' : { layer, channel: 0, position: [] },
        });
      };
      await expect(run()).rejects.toMatchObject({
        code: 'invalid-argument',
        message: expect.stringMatching(message) as string,
      });
    },
  );
});

test('a network that no rule is for is explained all the same', async () => {
  const product = createNetwork({
    inputs: [{ name: 'x', shape: [N, 2] }],
    outputs: ['y'],
    layers: [
      denseOf('a', 'x', [[1, 0]]),
      denseOf('b', 'x', [[0, 1]]),
      layerOf('product', 'y', ['a', 'b'], {}),
    ],
  });
  const { relevance } = await explain(
    product,
    tensor([3, 4], [1, 2]),
    { patch: 1, baseline: 1 },
    0,
  );
  expect(Array.from(relevance.data)).toEqual([12 - 4, 12 - 3]);
});
