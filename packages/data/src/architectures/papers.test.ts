import type { MethodId } from '@patternlens/core';
import { createExplainer, type Network, type Tensor } from '@patternlens/core';
import { forwardProgram } from '@patternlens/core/tracing';
import { interpret, referenceBackend } from '@patternlens/reference';
import { random } from '@patternlens/core-tests/testing/random';
import { alexNet } from './alex-net.js';
import { allCnn } from './all-cnn.js';
import { zfNet } from './zf-net.js';

/** A map `[channels, size, size]`, or a vector as `[length, 1, 1]`. */
interface Map {
  readonly data: Float64Array;
  readonly channels: number;
  readonly size: number;
}

const at = ({ data, size }: Map, c: number, y: number, x: number): number =>
  y < 0 || x < 0 || y >= size || x >= size ? 0 : data[(c * size + y) * size + x]!;

function made(
  channels: number,
  size: number,
  value: (c: number, y: number, x: number) => number,
): Map {
  const data = new Float64Array(channels * size * size);
  for (let i = 0; i < data.length; i++)
    data[i] = value(Math.floor(i / size ** 2), Math.floor(i / size) % size, i % size);
  return { data, channels, size };
}

/** One step of a network as its paper has it, by loops over sums. */
type Step = (map: Map, network: Network) => Map;

const relu = (value: number): number => Math.max(value, 0);
const parameter = (network: Network, layer: string, name: string): Tensor =>
  network.layers.find((candidate) => candidate.name === layer)!.parameters[name]!.tensor;

const conv =
  (name: string, kernel: number, stride: number, pad: number, groups = 1): Step =>
  (map, network) => {
    const { data, shape } = parameter(network, name, 'weights');
    const bias = parameter(network, name, 'bias').data;
    const each = map.channels / groups;
    const size = Math.floor((map.size + 2 * pad - kernel) / stride) + 1;
    return made(shape[0]!, size, (o, y, x) => {
      const group = Math.floor((o * groups) / shape[0]!);
      let sum = bias[o]!;
      for (let c = 0; c < each; c++)
        for (let i = 0; i < kernel; i++)
          for (let j = 0; j < kernel; j++)
            sum +=
              data[((o * each + c) * kernel + i) * kernel + j]! *
              at(map, group * each + c, y * stride + i - pad, x * stride + j - pad);
      return relu(sum);
    });
  };

/** 3x3 with stride 2; the last window may stand over the end. */
const pool =
  (roundedUp: boolean): Step =>
  (map) => {
    const size = Math.floor((map.size - 3 + (roundedUp ? 1 : 0)) / 2) + 1;
    return made(map.channels, size, (c, y, x) => {
      let largest = -Infinity;
      for (let i = 2 * y; i < Math.min(2 * y + 3, map.size); i++)
        for (let j = 2 * x; j < Math.min(2 * x + 3, map.size); j++)
          largest = Math.max(largest, at(map, c, i, j));
      return largest;
    });
  };

const response: Step = (map) =>
  made(map.channels, map.size, (c, y, x) => {
    let squares = 0;
    for (let k = Math.max(0, c - 2); k <= Math.min(map.channels - 1, c + 2); k++)
      squares += at(map, k, y, x) ** 2;
    return at(map, c, y, x) / (2 + 1e-4 * squares) ** 0.75;
  });

const dense =
  (name: string, isLast = false): Step =>
  (map, network) => {
    const { data, shape } = parameter(network, name, 'weights');
    const bias = parameter(network, name, 'bias').data;
    return made(shape[0]!, 1, (o) => {
      const sum = map.data.reduce(
        (total, value, i) => total + value * data[o * map.data.length + i]!,
        bias[o]!,
      );
      return isLast ? sum : relu(sum);
    });
  };

const average: Step = (map) =>
  made(map.channels, 1, (c) => {
    const plane = map.data.subarray(c * map.size ** 2, (c + 1) * map.size ** 2);
    return plane.reduce((sum, value) => sum + value, 0) / plane.length;
  });

const head = (from: number): Step[] => [
  conv(`conv${from}`, 3, 1, 1),
  conv(`conv${from + 1}`, 1, 1, 0),
  conv(`conv${from + 2}`, 1, 1, 0),
  average,
];
const tail = [dense('fc6'), dense('fc7'), dense('fc8', true)];

/** Biases of zero would hide how they are used. */
function withBiases(network: Network): Network {
  const { normal } = random(77);
  return {
    ...network,
    layers: network.layers.map((layer) => {
      const { bias } = layer.parameters;
      if (!bias) return layer;
      const drawn = normal(bias.tensor.shape);
      return {
        ...layer,
        parameters: {
          ...layer.parameters,
          bias: { tensor: { ...drawn, data: drawn.data.map((value) => value / 10) } },
        },
      };
    }),
  };
}

const options = { softmax: false, classes: 4, seed: 3 } as const;
const cases: readonly (readonly [string, Network, readonly Step[]])[] = [
  [
    'All-CNN-A',
    allCnn('A', { ...options, inputSize: 6 }),
    [
      conv('conv1', 5, 1, 2),
      conv('conv2', 3, 2, 1),
      conv('conv3', 5, 1, 2),
      conv('conv4', 3, 2, 1),
      ...head(5),
    ],
  ],
  [
    'All-CNN-B, base',
    allCnn('B', { ...options, inputSize: 6, variant: 'base' }),
    [
      conv('conv1', 5, 1, 2),
      conv('conv2', 1, 1, 0),
      pool(true),
      conv('conv3', 5, 1, 2),
      conv('conv4', 1, 1, 0),
      pool(true),
      ...head(5),
    ],
  ],
  [
    'All-CNN-C',
    allCnn('C', { ...options, inputSize: 6, channels: 1 }),
    [
      conv('conv1', 3, 1, 1),
      conv('conv2', 3, 1, 1),
      conv('conv3', 3, 2, 1),
      conv('conv4', 3, 1, 1),
      conv('conv5', 3, 1, 1),
      conv('conv6', 3, 2, 1),
      ...head(7),
    ],
  ],
  [
    'All-CNN-C, strided',
    allCnn('C', { ...options, inputSize: 7, variant: 'strided' }),
    [
      conv('conv1', 3, 1, 1),
      conv('conv2', 3, 2, 1),
      conv('conv3', 3, 1, 1),
      conv('conv4', 3, 2, 1),
      ...head(5),
    ],
  ],
  [
    'AlexNet',
    alexNet({ ...options, inputSize: 67 }),
    [
      conv('conv1', 11, 4, 0),
      response,
      pool(false),
      conv('conv2', 5, 1, 2, 2),
      response,
      pool(false),
      conv('conv3', 3, 1, 1),
      conv('conv4', 3, 1, 1, 2),
      conv('conv5', 3, 1, 1, 2),
      pool(false),
      ...tail,
    ],
  ],
  [
    'the network of Zeiler and Fergus',
    zfNet({ ...options, inputSize: 75 }),
    [
      conv('conv1', 7, 2, 1),
      pool(true),
      response,
      conv('conv2', 5, 2, 0),
      pool(true),
      response,
      conv('conv3', 3, 1, 1),
      conv('conv4', 3, 1, 1),
      conv('conv5', 3, 1, 1),
      pool(false),
      ...tail,
    ],
  ],
];

test.each(cases)('%s is its paper, layer by layer', (_name, built, steps) => {
  const network = withBiases(built);
  const [, channels, size] = network.inputs[0]!.shape as [unknown, number, number];
  const drawn = random(5).normal([1, channels, size, size]);
  // As bright as pixels: local response normalisation then does something.
  const x = { ...drawn, data: drawn.data.map((value) => 30 * value) };
  const want = steps.reduce<Map>((map, step) => step(map, network), {
    data: Float64Array.from(x.data),
    channels,
    size,
  });
  const got = interpret(forwardProgram(network), { image: x })[network.outputs[0]!]!;
  const scale = Math.max(...want.data.map(Math.abs));
  expect(scale).toBeGreaterThan(0);
  expect(got.shape).toEqual([1, 4]);
  want.data.forEach((value, index) => {
    expect(Math.abs(got.data[index]! - value) / scale).toBeLessThan(1e-12);
  });
});

test('guided backpropagation through All-CNN needs no switches of pools', async () => {
  const network = allCnn('C', { ...options, inputSize: 6 });
  const x = random(6).normal([3, 3, 6, 6]);
  const run = async (method: MethodId): Promise<Tensor> => {
    await using explainer = await createExplainer(network, {
      backend: referenceBackend(),
      method,
    });
    return (await explainer.explain(x)).relevanceByInput['image']!;
  };
  const [guided, deconvnet, gradient] = [
    await run('guided-backprop'),
    await run('deconvnet'),
    await run('gradient'),
  ];
  expect(guided.data.some((value) => value !== 0)).toBe(true);
  expect(guided.data).not.toEqual(gradient.data);
  expect(guided.data).not.toEqual(deconvnet.data);
});
