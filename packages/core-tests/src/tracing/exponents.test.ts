import {
  createExplainer,
  fitPatterns,
  tensor,
  type Network,
  type PatternSet,
} from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import { mapTensor } from '@patternlens/core/tensor';
import { layerOf } from '../testing/layer-of.js';
import { referenceBackend } from '@patternlens/reference';
import { relativeDifference } from '../testing/compare.js';
import { random } from '../testing/random.js';

const backend = referenceBackend();
const N = { batch: 1 };
const LAYERS = 30;

/** Convolutions and dense layers one behind the other whose weights are so small, or so large, that patterns are the opposite. */
function deep(size: number): Network {
  const r = random(13);
  const scaled = (shape: readonly number[]) => mapTensor(r.normal(shape), (value) => value * size);
  const attributes = {
    strides: [1, 1],
    dilations: [1, 1],
    padsBegin: [1, 1],
    padsEnd: [1, 1],
    groups: 1,
  };
  const layers: Layer[] = Array.from({ length: LAYERS / 2 }, (_, at) =>
    layerOf('convolution', `conv${at}`, at === 0 ? 'x' : `conv${at - 1}`, attributes, {
      weights: scaled([2, 2, 3, 3]),
    }),
  );
  layers.push(layerOf('reshape', 'flat', layers.at(-1)!.name, { shape: [N, 8] }));
  for (let at = 0; at < LAYERS / 2; at++)
    layers.push(
      layerOf('dense', `dense${at}`, layers.at(-1)!.name, {}, { weights: scaled([8, 8]) }),
    );
  return createNetwork({
    inputs: [{ name: 'x', shape: [N, 2, 2, 2] }],
    outputs: [layers.at(-1)!.name],
    layers,
  });
}

/** The backward pass in plain float64, whose range is far wider: transposes of matrices that are read off the network one unit at a time. */
async function plain(network: Network, patterns: PatternSet, target: number): Promise<number[]> {
  const directed = createNetwork({
    ...network,
    layers: network.layers.map((layer) => {
      const direction = patterns.layers.get(layer.name)?.directions.linear;
      return direction ? { ...layer, parameters: { weights: { tensor: direction } } } : layer;
    }),
  });
  const explainer = await createExplainer(directed, { backend, method: 'gradient' });
  const { relevanceByInput } = await explainer.explain(tensor(new Float64Array(8), [1, 2, 2, 2]), {
    target,
  });
  return Array.from(relevanceByInput['x']!.data);
}

const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((worst, value) => Math.max(worst, Math.abs(value)), 0);

test.each([
  ['grows beyond float32', 1e-4, 1, (size: number) => size > 2 ** 128],
  // Such weights make large values forward, so the fit sees small ones.
  ['shrinks below float32', 60, 1e-34, (size: number) => size < 2 ** -149],
  ['stays within float32', 0.3, 1, (size: number) => size < 2 ** 126 && size > 2 ** -100],
] as const)(
  'PatternNet that %s is its values times a power of two',
  async (_name, size, inputs, isSo) => {
    const network = deep(size);
    const seen = mapTensor(random(14).normal([60, 2, 2, 2]), (value) => value * inputs);
    const patterns = await fitPatterns(network, [seen], { backend });
    const method = { id: 'pattern-net', estimator: 'linear' } as const;
    const explainer = await createExplainer(network, { backend, method, patterns, start: 'one' });
    const target = 3;
    const want = await plain(network, patterns, target);
    const { relevanceByInput, exponents } = await explainer.explain(seen, { target });
    expect(isSo(largest(want))).toBe(true);
    const [exponent] = exponents;
    const values = relevanceByInput['x']!.data.subarray(0, 8);
    expect(
      relativeDifference(
        values.map((value) => value * 2 ** exponent!),
        want,
      ),
    ).toBeLessThan(1e-12);
    // What is returned fits float32 with room to spare; what fits by itself has no exponent.
    expect(largest(values)).toBeGreaterThan(2 ** -100);
    expect(largest(values)).toBeLessThan(2 ** 126);
    expect(exponent === 0).toBe(size === 0.3);
    expect(new Set(exponents).size).toBe(1);
  },
);

test('zeros have no exponent, sample by sample', async () => {
  const network = deep(1e-4);
  const gated = createNetwork({
    ...network,
    layers: network.layers.flatMap((layer) => {
      if (layer.name !== 'conv0') return [layer];
      const relu = layerOf('rectifier', 'conv0', 'before', {});
      return [{ ...layer, name: 'before', output: 'before' }, relu];
    }),
  });
  const seen = random(15).normal([20, 2, 2, 2]);
  const patterns = await fitPatterns(gated, [seen], { backend });
  const method = { id: 'pattern-net', estimator: 'linear' } as const;
  const explainer = await createExplainer(gated, { backend, method, patterns, start: 'one' });
  // An input of zeros opens no gate.
  const two = tensor([...seen.data.subarray(0, 8), ...new Float64Array(8)], [2, 2, 2, 2]);
  const { relevanceByInput, exponents } = await explainer.explain(two, { target: 0 });
  expect(exponents[0]).not.toBe(0);
  expect(exponents[1]).toBe(0);
  expect(largest(relevanceByInput['x']!.data.subarray(8))).toBe(0);
});

test('signals of other exponents are summed at their true sizes', async () => {
  const r = random(16);
  const scaled = (size: number) => mapTensor(r.normal([4, 4]), (value) => value * size);
  const dense = (name: string, input: string, size: number): Layer =>
    layerOf('dense', name, input, {}, { weights: scaled(size) });
  const network = createNetwork({
    inputs: [{ name: 'x', shape: [N, 2, 2, 2] }],
    outputs: ['sum'],
    layers: [
      layerOf('reshape', 'flat', 'x', { shape: [N, 8] }),
      layerOf('dense', 'first', 'flat', {}, { weights: r.normal([4, 8]) }),
      dense('small', 'first', 2 ** -9),
      dense('large', 'first', 2 ** 3),
      layerOf('add', 'sum', ['small', 'large', 'first'], { signs: [1, -1, 1] }),
    ],
  });
  const seen = r.normal([60, 2, 2, 2]);
  const patterns = await fitPatterns(network, [seen], { backend });
  const method = { id: 'pattern-net', estimator: 'linear' } as const;
  const explainer = await createExplainer(network, { backend, method, patterns, start: 'one' });
  const { relevanceByInput, exponents } = await explainer.explain(seen, { target: 2 });
  const want = await plain(network, patterns, 2);
  expect(exponents[0]).toBe(0);
  expect(relativeDifference(relevanceByInput['x']!.data.subarray(0, 8), want)).toBeLessThan(1e-12);
});

test('PatternAttribution keeps its size, and has no exponent', async () => {
  const network = deep(1e-4);
  const seen = random(14).normal([60, 2, 2, 2]);
  const patterns = await fitPatterns(network, [seen], { backend });
  const method = { id: 'pattern-attribution', estimator: 'linear' } as const;
  const explainer = await createExplainer(network, { backend, method, patterns, start: 'one' });
  const { exponents } = await explainer.explain(seen, { target: 0 });
  expect(new Set(exponents)).toEqual(new Set([0]));
});
