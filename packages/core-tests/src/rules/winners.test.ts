import { createExplainer, fitPatterns, type MethodChoice, tensor } from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import { referenceBackend } from '@patternlens/reference';
import { denseOf, layerOf } from '../testing/layer-of.js';

const N = { batch: 1 };
const backend = referenceBackend();

/** `a = x`, `b = [2, 3, 3]` where x is `[1, 4, 3]`; then 1, 10 and 100 times the values of a layer. */
const networkOf = (layer: Layer) =>
  createNetwork({
    inputs: [{ name: 'x', shape: [N, 3] }],
    outputs: ['y'],
    layers: [
      denseOf('a', 'x', [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ]),
      denseOf('b', 'x', [
        [2, 0, 0],
        [0, 0.75, 0],
        [0, 0, 1],
      ]),
      layer,
      denseOf('y', layer.output, [[1, 10, 100]]),
    ],
  });
const x = tensor([1, 4, 3], [1, 3]);
const data = tensor([1, 4, 3, 2, 1, 0, -1, 2, 5, 3, 3, -2], [4, 3]);

const layers: Readonly<Record<string, [Layer, relevance: number[], gradient: number[]]>> = {
  // The second, the first, and of two that are equal the first.
  'the larger of two': [layerOf('maximum', 'z', ['a', 'b'], {}), [2, 40, 300], [2, 10, 100]],
  'the smaller of two': [layerOf('minimum', 'z', ['a', 'b'], {}), [1, 30, 300], [1, 7.5, 100]],
  'a value where a mask is 1, else a constant': [
    layerOf(
      'mask-constant',
      'z',
      'a',
      {},
      { mask: tensor([1, 0, 1], [3]), value: tensor([-5], []) },
    ),
    [1, 0, 300],
    [1, 0, 100],
  ],
};

describe.each(Object.entries(layers))('%s', (_name, [layer, relevance, gradient]) => {
  const network = networkOf(layer);
  const explain = async (method: MethodChoice) => {
    const patterns = await fitPatterns(network, [data], { backend });
    await using explainer = await createExplainer(network, { backend, method, patterns });
    return [...(await explainer.explain(x)).relevance.data];
  };

  test('gives relevance to the winner', async () => {
    expect(await explain('lrp-0')).toEqual(relevance);
    expect(await explain('lrp-z-plus')).toEqual(
      relevance.map((value) => (value / relevance.reduce((a, b) => a + b)) * totalOf(layer)),
    );
  });

  test('passes what other methods send to the winner', async () => {
    for (const method of ['gradient', 'deconvnet', 'guided-backprop'] as const)
      expect(await explain(method)).toEqual(gradient);
    // Each weight of `a` and `b` reads one place, so that what passes shows in that place alone.
    const attribution = await explain('pattern-attribution');
    relevance.forEach((value, place) => {
      expect(attribution[place] === 0).toBe(value === 0);
    });
  });
});

/** What the last neuron is for x. */
const totalOf = ({ kind }: Layer): number =>
  kind === 'maximum' ? 342 : kind === 'minimum' ? 331 : 251;
