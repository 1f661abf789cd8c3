import { createExplainer, type MethodChoice, type Network } from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import { mapTensor } from '@patternlens/core/tensor';
import { layerOf, rectifierOf } from '../testing/layer-of.js';
import { referenceBackend } from '@patternlens/reference';
import { random } from '../testing/random.js';
import { randomInputs, randomNetwork } from '../testing/random-network.js';

const backend = referenceBackend();

/** A network whose layers have no bias. */
function withoutBias(seed: number) {
  const network = randomNetwork(seed, { head: 'dense' });
  const layers = network.layers.map((layer) => {
    const { bias, ...parameters } = layer.parameters;
    const none = bias && { ...bias, tensor: mapTensor(bias.tensor, () => 0) };
    return { ...layer, parameters: none ? { ...parameters, bias: none } : parameters };
  });
  return { ...network, layers };
}

/** Convolutions with padding and strides, a pool, dense layers, all with biases. Averages and sums are not among them: what is distributed to values of 0
 * is lost where a mean or a sum is 0. */
function biased(seed: number): Network {
  const r = random(seed);
  const conv = (name: string, input: string, shape: readonly number[], stride: number): Layer =>
    layerOf(
      'convolution',
      name,
      input,
      {
        strides: [stride, stride],
        dilations: [1, 1],
        padsBegin: [1, 1],
        padsEnd: [1, 1],
        groups: 1,
      },
      { weights: r.normal(shape), bias: r.normal([shape[0]!, 1, 1]) },
    );
  const dense = (name: string, input: string, outputs: number, inputs: number): Layer =>
    layerOf(
      'dense',
      name,
      input,
      {},
      {
        weights: r.normal([outputs, inputs]),
        bias: r.normal([outputs]),
      },
    );
  const pool = {
    kernel: [2, 2],
    strides: [2, 2],
    dilations: [1, 1],
    padsBegin: [0, 0],
    padsEnd: [0, 0],
  };
  return createNetwork({
    inputs: [{ name: 'image', shape: [{ batch: 1 }, 2, 8, 8] }],
    outputs: ['y'],
    layers: [
      conv('one', 'image', [6, 2, 3, 3], 1),
      rectifierOf('open', 'one'),
      layerOf('max-pool', 'pool', 'open', pool),
      conv('two', 'pool', [8, 6, 3, 3], 2),
      rectifierOf('opened', 'two'),
      layerOf('reshape', 'flat', 'opened', { shape: [{ batch: 1 }, 32] }),
      dense('y', 'flat', 4, 32),
    ],
  });
}

/** How far the sums of relevance are from what it started from, in units of that. */
async function loss(network: Network, seed: number, method: MethodChoice): Promise<number> {
  await using explainer = await createExplainer(network, { backend, method });
  const { sums, starts } = await explainer.explain(randomInputs(network, seed + 1, 3));
  return Math.max(...sums.map((sum, at) => Math.abs(sum / starts[at]! - 1)));
}

const SEEDS = [1, 2, 4];

const conserving: readonly MethodChoice[] = [
  'lrp-0',
  'lrp-gamma',
  { id: 'lrp-gamma', generalised: 'yes' },
  'lrp-alpha1-beta0',
  'lrp-z-plus',
  'lrp-flat',
  'lrp-w-squared',
  'deep-taylor',
  { id: 'deep-taylor', low: -8, high: 8 },
  { id: 'lrp-z-box', low: -8, high: 8, epsilon: 1e-13 },
  { id: 'epsilon-gamma-box', low: -8, high: 8, epsilon: 1e-13 },
  { id: 'epsilon-plus-flat', epsilon: 1e-13 },
];

test.each(conserving.map((method) => [JSON.stringify(method), method] as const))(
  '%s conserves relevance where layers have no bias',
  async (_name, method) => {
    for (const seed of SEEDS)
      expect(await loss(withoutBias(seed), seed, method)).toBeLessThan(1e-8);
  },
);

const bare: readonly MethodChoice[] = ['lrp-flat', 'lrp-w-squared'];
const distributing = [
  { id: 'lrp-0', bias: 'distribute' },
  { id: 'lrp-gamma', bias: 'distribute' },
  { id: 'lrp-gamma', generalised: 'yes', bias: 'distribute' },
  { id: 'lrp-alpha1-beta0', bias: 'distribute' },
] as const;

test.each([...bare, ...distributing].map((method) => [JSON.stringify(method), method] as const))(
  '%s conserves relevance with biases too',
  async (_name, method) => {
    for (const seed of SEEDS) expect(await loss(biased(seed), seed, method)).toBeLessThan(1e-8);
  },
);

test('a bias that is included keeps its share', async () => {
  for (const { id } of distributing)
    expect(await loss(biased(SEEDS[0]!), SEEDS[0]!, id)).toBeGreaterThan(1e-3);
});
