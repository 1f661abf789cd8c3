import {
  type MethodId,
  createExplainer,
  fitPatterns,
  tensor,
  type MethodChoice,
  type Network,
  type Shape,
  type Target,
  type Tensor,
} from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import { denseOf, layerOf, rectifierOf } from '../testing/layer-of.js';
import { referenceBackend } from '@patternlens/reference';
import { relativeDifference } from '../testing/compare.js';
import { random } from '../testing/random.js';

const backend = referenceBackend();
const N = { batch: 1 };

function networkOf(inputShape: Shape, layers: readonly Layer[]): Network {
  return createNetwork({
    inputs: [{ name: 'x', shape: inputShape }],
    outputs: [layers.at(-1)!.name],
    layers,
  });
}

async function relevance(
  network: Network,
  x: Tensor,
  method: MethodChoice,
  options: { target?: Target; start?: 'one' | 'value' } = {},
): Promise<number[]> {
  const { target = 0, start = 'one' } = options;
  const explainer = await createExplainer(network, { backend, method, start });
  const { relevanceByInput } = await explainer.explain(x, { target });
  // -0 and 0 are the same relevance.
  return Array.from(relevanceByInput['x']!.data, (value) => value + 0);
}

describe('a pre-activation of exactly zero', () => {
  const one = (weights: number[], bias?: number): Network =>
    networkOf([N, 2], [denseOf('y', 'x', [weights], bias === undefined ? undefined : [bias])]);
  const x = tensor([1, 1], [1, 2]);

  test.each<[string, MethodChoice, number[], number | undefined, number[]]>([
    ['lrp-0 of 1 - 1', 'lrp-0', [1, -1], undefined, [0, 0]],
    ['lrp-0 of 1 + 2 - 3', 'lrp-0', [1, 2], -3, [0, 0]],
    ['lrp-0 of 0 + 0', 'lrp-0', [0, 0], 0, [0, 0]],
    // The sign of zero is +1, so that zero is divided by plus epsilon.
    ['lrp-epsilon of 1 - 1', { id: 'lrp-epsilon', epsilon: 0.5 }, [1, -1], undefined, [2, -2]],
    ['lrp-epsilon of minus zero', { id: 'lrp-epsilon', epsilon: 0.5 }, [-0, 0], -0, [0, 0]],
    ['alpha1-beta0 of negative parts only', 'lrp-alpha1-beta0', [-1, -2], -1, [0, 0]],
    ['alpha1-beta0 of a positive bias only', 'lrp-alpha1-beta0', [-1, -2], 3, [0, 0]],
    ['alpha2-beta1 of 1 - 1', 'lrp-alpha2-beta1', [1, -1], undefined, [2, -1]],
    ['alpha2-beta1 of positive parts only', 'lrp-alpha2-beta1', [1, 3], 0, [0.5, 1.5]],
    ['alpha2-beta1 of negative parts only', 'lrp-alpha2-beta1', [-1, -3], 0, [-0.25, -0.75]],
  ])('%s', async (_name, method, weights, bias, want) => {
    const got = await relevance(one(weights, bias), x, method);
    got.forEach((value, at) => {
      expect(value).toBeCloseTo(want[at]!, 14);
    });
  });

  test('is divided by exactly however small it is, and by epsilon where that is larger', async () => {
    const tiny = one([-(2 ** -60), 2 ** -61]);
    // z = -2^-61: shares of 2 and -1.
    expect(await relevance(tiny, x, 'lrp-0')).toEqual([2, -1]);
    const [first, second] = await relevance(tiny, x, { id: 'lrp-epsilon', epsilon: 2 ** -61 });
    expect([first, second]).toEqual([1, -0.5]);
    const smallest = one([5e-324, 0]);
    expect(await relevance(smallest, x, 'lrp-0', { start: 'value' })).toEqual([5e-324, 0]);
  });

  test.each([
    ['positive', 2, [1 / 3, 0]],
    ['negative', -3, [-1 / 2, 0]],
  ] as const)('with a %s bias is the share of what is left', async (_name, bias, want) => {
    // x = (1, 1), w = (1, 0): z = 1 + b; the bias keeps its own share.
    const got = await relevance(one([1, 0], bias), x, 'lrp-0');
    got.forEach((value, at) => {
      expect(value).toBeCloseTo(want[at]!, 14);
    });
  });
});

describe('a rectifier', () => {
  /** y = relu(x0) + 2 relu(x1) - relu(x2), at -1, exactly 0 and 1. */
  const network = networkOf([N, 3], [rectifierOf('relu', 'x'), denseOf('y', 'relu', [[1, 2, -1]])]);
  const at = (values: number[]): Tensor => tensor(values, [1, 3]);

  test.each<[MethodId, number[], number[]]>([
    ['gradient', [-1, 0, 1], [0, 0, -1]],
    ['gradient', [1, -0, 5e-324], [1, 0, -1]],
    ['guided-backprop', [1, 0, 1], [1, 0, 0]],
    ['guided-backprop', [-1, 1, 1], [0, 2, 0]],
    ['deconvnet', [-1, 0, 1], [1, 2, 0]],
    ['deconvnet', [1, 1, 1], [1, 2, 0]],
  ])('of %s at %j', async (method, values, want) => {
    expect(await relevance(network, at(values), method)).toEqual(want);
  });

  test('passes signal where it is open, for patterns', async () => {
    const method = { id: 'pattern-net', estimator: 'filter' } as const;
    const got = await relevance(network, at([1, 0, -1]), method);
    // a = w / w'w = (1, 2, -1) / 6.
    expect(got[0]).toBeCloseTo(1 / 6, 14);
    expect(got.slice(1)).toEqual([0, 0]);
  });

  test('that clips at 6 is open between 0 and 6 only', async () => {
    const clip = layerOf('activation', 'clip', 'x', { function: 'clip', low: 0, high: 6 });
    const clipped = networkOf([N, 4], [clip, denseOf('y', 'clip', [[1, 2, 3, 4]])]);
    const x = tensor([0, 5, 6, 7], [1, 4]);
    expect(await relevance(clipped, x, 'gradient')).toEqual([0, 2, 0, 0]);
    expect(await relevance(clipped, x, 'guided-backprop')).toEqual([0, 2, 0, 0]);
    expect(await relevance(clipped, x, 'deconvnet')).toEqual([1, 2, 3, 4]);
  });

  test('is not what only ends the numbers of a quantised network', async () => {
    const ends = { function: 'clip', low: -2, high: 2, saturates: true } as const;
    const ended = networkOf(
      [N, 4],
      [layerOf('activation', 'ends', 'x', ends), denseOf('y', 'ends', [[1, -2, 3, -4]])],
    );
    const x = tensor([-1, 1, 3, -1], [1, 4]);
    expect(await relevance(ended, x, 'gradient')).toEqual([1, -2, 0, -4]);
    expect(await relevance(ended, x, 'guided-backprop')).toEqual([1, -2, 0, -4]);
    expect(await relevance(ended, x, 'deconvnet')).toEqual([1, -2, 3, -4]);
  });
});

describe('a max pool', () => {
  const window = {
    kernel: [2, 2],
    strides: [1, 1],
    dilations: [1, 1],
    padsBegin: [0, 0],
    padsEnd: [0, 0],
  };
  const pool = (attributes: object, size: number, positions: number): Network =>
    networkOf(
      [N, 1, size, size],
      [
        layerOf('max-pool', 'pool', 'x', { ...window, ...attributes }),
        layerOf('reshape', 'flat', 'pool', { shape: [N, positions] }),
        denseOf('y', 'flat', [Array.from({ length: positions }, (_, at) => at + 1)]),
      ],
    );
  const methods = ['gradient', 'deconvnet', 'guided-backprop'] as const;

  test.each(methods)('gives to the first of equal values in row-major order, %s', async (id) => {
    const x = tensor([5, 5, 5, 5, 5, 5, 5, 5, 5], [1, 1, 3, 3]);
    expect(await relevance(pool({}, 3, 4), x, id)).toEqual([1, 2, 0, 3, 4, 0, 0, 0, 0]);
    const zeros = tensor(new Float64Array(9), [1, 1, 3, 3]);
    expect(await relevance(pool({}, 3, 4), zeros, id)).toEqual([1, 2, 0, 3, 4, 0, 0, 0, 0]);
  });

  test.each(methods)('sums where windows overlap, %s', async (id) => {
    const x = tensor([1, 2, 1, 2, 9, 2, 1, 2, 9], [1, 1, 3, 3]);
    // The middle wins in all four windows; in the last it stands before its equal.
    expect(await relevance(pool({}, 3, 4), x, id)).toEqual([0, 0, 0, 0, 10, 0, 0, 0, 0]);
  });

  test.each(methods)('never gives to its padding, %s', async (id) => {
    const padded = pool({ padsBegin: [1, 1], padsEnd: [1, 1], strides: [2, 2] }, 2, 4);
    const x = tensor([-3, -2, -5, -4], [1, 1, 2, 2]);
    expect(await relevance(padded, x, id)).toEqual([1, 2, 3, 4]);
  });

  test('with dilation picks the winner among its own offsets', async () => {
    const dilated = pool({ dilations: [2, 2] }, 3, 1);
    const x = tensor([1, 9, 3, 9, 9, 9, 4, 9, 2], [1, 1, 3, 3]);
    expect(await relevance(dilated, x, 'gradient')).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 0]);
  });
});

describe('means and sums that are exactly zero', () => {
  test('pass nothing back in LRP, and as ever in the others', async () => {
    const mean = networkOf(
      [N, 2, 2],
      [
        layerOf('mean', 'mean', 'x', { axes: [2] }),
        layerOf('reshape', 'y', 'mean', { shape: [N, 2] }),
      ],
    );
    const x = tensor([3, -3, 1, 3], [1, 2, 2]);
    expect(await relevance(mean, x, 'lrp-0', { target: 0 })).toEqual([0, 0, 0, 0]);
    expect(await relevance(mean, x, 'lrp-0', { target: 1 })).toEqual([0, 0, 0.25, 0.75]);
    expect(await relevance(mean, x, 'gradient', { target: 0 })).toEqual([0.5, 0.5, 0, 0]);
  });

  test('of two values share in proportion, with their signs', async () => {
    const network = networkOf(
      [N, 2],
      [
        denseOf('a', 'x', [[1, 0]]),
        denseOf('b', 'x', [[0, 1]]),
        layerOf('add', 'y', ['a', 'b'], { signs: [1, -1] }),
      ],
    );
    expect(await relevance(network, tensor([3, 1], [1, 2]), 'lrp-0')).toEqual([1.5, -0.5]);
    expect(await relevance(network, tensor([2, 2], [1, 2]), 'lrp-0')).toEqual([0, 0]);
    expect(await relevance(network, tensor([2, 2], [1, 2]), 'gradient')).toEqual([1, -1]);
  });
});

test('a dead neuron passes no signal back where no linear pattern is there to take', async () => {
  const network = networkOf(
    [N, 2],
    [
      denseOf(
        'hidden',
        'x',
        [
          [1, 0],
          [0, 1],
        ],
        [0, -100],
      ),
      denseOf('y', 'hidden', [[1, 1]]),
    ],
  );
  const seen = random(6).normal([40, 2]);
  const estimators = ['two-component'] as const;
  const patterns = await fitPatterns(network, [seen], { backend, estimators });
  expect(patterns.layers.get('hidden')!.counts[1]).toBe(0);
  expect(Array.from(patterns.layers.get('hidden')!.directions.positive!.data).slice(2)).toEqual([
    0, 0,
  ]);
  const explain = async (id: MethodId): Promise<Float64Array> => {
    const explainer = await createExplainer(network, {
      backend,
      method: id,
      patterns,
      start: 'one',
    });
    const { relevanceByInput } = await explainer.explain(tensor([1, 1], [1, 2]));
    return Float64Array.from(relevanceByInput['x']!.data);
  };
  const a = patterns.layers.get('y')!.directions.positive!.data[0]!;
  const row = patterns.layers.get('hidden')!.directions.positive!.data.subarray(0, 2);
  expect(relativeDifference(await explain('pattern-net'), [a * row[0]!, a * row[1]!])).toBeLessThan(
    1e-12,
  );
  expect(relativeDifference(await explain('pattern-attribution'), [a * row[0]!, 0])).toBeLessThan(
    1e-12,
  );
});
