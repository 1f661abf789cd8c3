import { type Network } from '@patternlens/core';
import { type LayerKind } from '@patternlens/core/network';
import { product } from '@patternlens/core/tensor';
import { alexNet } from './alex-net.js';
import { allCnn } from './all-cnn.js';
import type { ArchitectureOptions } from './architecture-options.js';
import { vgg16, vgg19 } from './vgg.js';
import type { WeightSource } from './weight-source.js';
import { zfNet } from './zf-net.js';

/** Zeros that all parameters share: what is looked at are shapes. */
const zeros = new Float32Array(4096 * 512 * 49);
const shared: WeightSource = (_name, shape) => ({
  data: zeros.subarray(0, product(shape)),
  shape,
});

const parameters = (network: Network): number =>
  network.layers
    .flatMap((layer) => Object.values(layer.parameters))
    .reduce((total, { tensor }) => total + tensor.data.length, 0);

/** The values' sizes behind layers of some kinds, as papers give them. */
const sizes = (network: Network, kinds: readonly LayerKind[]): string[] =>
  network.layers
    .filter(({ kind }) => kinds.includes(kind))
    .map(
      ({ name, output }) =>
        `${name} ${(network.shapes.get(output)!.slice(1) as number[]).join('x')}`,
    );

const WINDOWS: readonly LayerKind[] = ['convolution', 'max-pool', 'dense'];

test.each([
  ['A', 'all', 1_254_250],
  ['B', 'all', 1_300_618],
  ['C', 'all', 1_369_738],
  ['C', 'base', 954_730],
  ['C', 'strided', 954_730],
  ['C', 'conv-pool', 1_369_738],
] as const)('All-CNN %s, %s, has %d parameters', (model, variant, count) => {
  const network = allCnn(model, { variant, weights: shared });
  expect(parameters(network)).toBe(count);
  expect(network.shapes.get(network.outputs[0]!)!.slice(1)).toEqual([10]);
});

test('All-CNN-C has the layers of the paper', () => {
  const network = allCnn('C', { weights: shared });
  expect(sizes(network, WINDOWS)).toEqual([
    'conv1 96x32x32',
    'conv2 96x32x32',
    'conv3 96x16x16',
    'conv4 192x16x16',
    'conv5 192x16x16',
    'conv6 192x8x8',
    'conv7 192x8x8',
    'conv8 192x8x8',
    'conv9 10x8x8',
  ]);
  expect(network.layers.some(({ kind }) => kind === 'max-pool')).toBe(false);
  expect(network.layers.filter(({ kind }) => kind === 'dropout')).toHaveLength(3);
});

test.each(['A', 'B', 'C'] as const)('the base of %s halves sizes by pools alone', (model) => {
  const pooled = sizes(allCnn(model, { variant: 'base', weights: shared }), ['max-pool']);
  expect(pooled).toEqual(['pool1 96x16x16', 'pool2 192x8x8']);
});

test('AlexNet has the sizes and parameters of 2012', () => {
  const network = alexNet({ weights: shared });
  expect(parameters(network)).toBe(60_965_224);
  expect(sizes(network, WINDOWS)).toEqual([
    'conv1 96x55x55',
    'pool1 96x27x27',
    'conv2 256x27x27',
    'pool2 256x13x13',
    'conv3 384x13x13',
    'conv4 384x13x13',
    'conv5 256x13x13',
    'pool5 256x6x6',
    'fc6 4096',
    'fc7 4096',
    'fc8 1000',
  ]);
});

test('the network of Zeiler and Fergus has the sizes of its figure 3', () => {
  const network = zfNet({ weights: shared });
  expect(parameters(network)).toBe(62_357_608);
  expect(sizes(network, WINDOWS)).toEqual([
    'conv1 96x110x110',
    'pool1 96x55x55',
    'conv2 256x26x26',
    'pool2 256x13x13',
    'conv3 384x13x13',
    'conv4 384x13x13',
    'conv5 256x13x13',
    'pool5 256x6x6',
    'fc6 4096',
    'fc7 4096',
    'fc8 1000',
  ]);
});

test.each([
  ['vgg16', vgg16, 138_357_544, [2, 2, 3, 3, 3]],
  ['vgg19', vgg19, 143_667_240, [2, 2, 4, 4, 4]],
] as const)('%s has the layers and parameters of the paper', (_name, build, count, stages) => {
  const network = build({ weights: shared });
  expect(parameters(network)).toBe(count);
  const expected = stages.flatMap((count, stage) => {
    const filters = [64, 128, 256, 512, 512][stage]!;
    const size = 224 / 2 ** stage;
    return [
      ...Array.from(
        { length: count },
        (_, at) => `conv${stage + 1}_${at + 1} ${filters}x${size}x${size}`,
      ),
      `pool${stage + 1} ${filters}x${size / 2}x${size / 2}`,
    ];
  });
  expect(sizes(network, WINDOWS)).toEqual([...expected, 'fc6 4096', 'fc7 4096', 'fc8 1000']);
});

describe('options', () => {
  const small: ArchitectureOptions = { inputSize: 8, classes: 3, channels: 1 };

  test('choose the input, the classes and the softmax', () => {
    const network = allCnn('C', { ...small, softmax: false });
    expect(network.inputs[0]!.shape).toEqual([{ batch: 1 }, 1, 8, 8]);
    expect(network.outputs).toEqual(['flatten']);
    expect(network.shapes.get('flatten')).toEqual([{ batch: 1 }, 3]);
    expect(allCnn('C', small).outputs).toEqual(['softmax']);
  });

  test("weights are He's by seed: the same twice, others by another seed, each layer its own", () => {
    const weights = (seed: number, name: string): number[] => {
      const { layers } = allCnn('C', { ...small, seed });
      return Array.from(
        layers.find((layer) => layer.name === name)!.parameters['weights']!.tensor.data,
      );
    };
    const [one, again, other] = [weights(4, 'conv2'), weights(4, 'conv2'), weights(5, 'conv2')];
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
    expect(weights(4, 'conv3')).not.toEqual(one);
    // 82,944 draws: the variance's own deviation is about 0.3 %.
    const variance = one.reduce((sum, value) => sum + value * value, 0) / one.length;
    expect(variance / (2 / (96 * 9))).toBeCloseTo(1, 1);
  });

  const handed = (): Record<string, { data: Float32Array; shape: readonly number[] }> => {
    const record: Record<string, { data: Float32Array; shape: readonly number[] }> = {};
    allCnn('A', {
      ...small,
      weights: (name, shape) =>
        (record[name] = { data: new Float32Array(product(shape)).fill(0.5), shape }),
    });
    return record;
  };

  test('weights are taken from a record as from a function', () => {
    const weights = handed();
    const network = allCnn('A', { ...small, weights });
    expect(Object.keys(weights)).toContain('conv1/weights');
    expect(network.layers.find(({ name }) => name === 'conv1')!.parameters['weights']!.tensor).toBe(
      weights['conv1/weights'],
    );
  });

  test('weights of another shape, missing or unknown are refused with their names', () => {
    const weights = handed();
    const { 'conv3/bias': bias, ...without } = weights;
    const build = (given: WeightSource) => () => allCnn('A', { ...small, weights: given });
    expect(build({ ...weights, 'conv3/bias': { ...bias!, shape: [192, 1] } })).toThrow(
      expect.objectContaining({ code: 'invalid-shape', subject: { layer: 'conv3' } }) as Error,
    );
    expect(build(without)).toThrow('"conv3/bias" of shape [192] is missing');
    expect(build({ ...weights, 'conv33/bias': bias! })).toThrow('nothing called "conv33/bias"');
  });

  test('inputs that leave nothing, and counts that are none, are refused', () => {
    expect(() => vgg16({ inputSize: 16, weights: shared })).toThrow('layer "pool5"');
    expect(() => allCnn('A', { classes: 0 })).toThrow('classes: expected a whole number');
    expect(() => allCnn('D' as 'A')).toThrow('there is no model "D"');
  });
});
