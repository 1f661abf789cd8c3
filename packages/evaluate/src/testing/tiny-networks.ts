import {
  resolveNetwork,
  fitPatterns,
  tensor,
  type Network,
  type PatternSet,
  type Tensor,
} from '@patternlens/core';
import { type MetricContext } from '@patternlens/core/metrics';
import { createNetwork } from '@patternlens/core/network';
import { uniforms } from '@patternlens/core/tensor';
import { referenceBackend } from '@patternlens/reference';

const N = { batch: 1 };

/** Logits `W x` over an image of one channel: one row of weights a class. */
export function linearClassifier(
  height: number,
  width: number,
  weights: readonly (readonly number[])[],
): Network {
  const size = height * width;
  return createNetwork({
    inputs: [{ name: 'image', shape: [N, 1, height, width] }],
    outputs: ['logits'],
    layers: [
      {
        kind: 'reshape',
        name: 'flat',
        inputs: ['image'],
        output: 'flat',
        attributes: { shape: [N, size] },
        parameters: {},
      },
      {
        kind: 'dense',
        name: 'dense',
        inputs: ['flat'],
        output: 'logits',
        attributes: {},
        parameters: { weights: { tensor: tensor(weights.flat(), [weights.length, size]) } },
      },
    ],
  });
}

/** Convolution, rectifier, max pool, dense, rectifier, dense, over images of 2 channels and 6x6 pixels, with drawn weights and biases. */
export function convolutionNetwork(seed: number, head: 'none' | 'softmax' = 'none'): Network {
  const draw = uniforms(seed);
  const drawn = (...shape: number[]) => ({
    tensor: tensor(
      Float64Array.from(
        { length: shape.reduce((total, size) => total * size, 1) },
        () => (draw() - 0.5) * 1.2,
      ),
      shape,
    ),
  });
  const plain = { attributes: {}, parameters: {} };
  const pads = { padsBegin: [1, 1], padsEnd: [1, 1] };
  const window = { strides: [1, 1], dilations: [1, 1], ...pads };
  return createNetwork({
    inputs: [{ name: 'image', shape: [N, 2, 6, 6] }],
    outputs: [head === 'softmax' ? 'scores' : 'logits'],
    layers: [
      {
        kind: 'convolution',
        name: 'conv',
        inputs: ['image'],
        output: 'conv',
        attributes: { ...window, groups: 1 },
        parameters: { weights: drawn(4, 2, 3, 3), bias: drawn(4, 1, 1) },
      },
      { kind: 'rectifier', name: 'relu1', inputs: ['conv'], output: 'relu1', ...plain },
      {
        kind: 'max-pool',
        name: 'pool',
        inputs: ['relu1'],
        output: 'pool',
        attributes: {
          kernel: [2, 2],
          strides: [2, 2],
          dilations: [1, 1],
          padsBegin: [0, 0],
          padsEnd: [0, 0],
        },
        parameters: {},
      },
      {
        kind: 'reshape',
        name: 'flat',
        inputs: ['pool'],
        output: 'flat',
        attributes: { shape: [N, 36] },
        parameters: {},
      },
      {
        kind: 'dense',
        name: 'hidden',
        inputs: ['flat'],
        output: 'hidden',
        attributes: {},
        parameters: { weights: drawn(8, 36), bias: drawn(8) },
      },
      { kind: 'rectifier', name: 'relu2', inputs: ['hidden'], output: 'relu2', ...plain },
      {
        kind: 'dense',
        name: 'top',
        inputs: ['relu2'],
        output: 'logits',
        attributes: {},
        parameters: { weights: drawn(3, 8), bias: drawn(3) },
      },
      ...(head === 'softmax'
        ? [
            {
              kind: 'softmax' as const,
              name: 'softmax',
              inputs: ['logits'],
              output: 'scores',
              attributes: { axis: 1 },
              parameters: {},
            },
          ]
        : []),
    ],
  });
}

/** Values between -1 and 1 in float64. */
export function drawnTensor(seed: number, shape: readonly number[]): Tensor {
  const draw = uniforms(seed);
  const size = shape.reduce((total, dim) => total * dim, 1);
  return tensor(
    Float64Array.from({ length: size }, () => 2 * draw() - 1),
    shape,
  );
}

/** A context over samples that are there whole, on the reference. */
export function contextOf(
  network: Network,
  inputs: Tensor,
  more: Partial<MetricContext> & { readonly truth?: Tensor } = {},
): MetricContext {
  const { truth, ...rest } = more;
  const part = ({ data, shape }: Tensor, first: number, count: number): Tensor => {
    const each = data.length / shape[0]!;
    return {
      data: data.slice(first * each, (first + count) * each),
      shape: [count, ...shape.slice(1)],
    };
  };
  const read = (first: number, count: number) =>
    Promise.resolve({ [network.inputs[0]!.name]: part(inputs, first, count) });
  return {
    network: resolveNetwork(network),
    backend: referenceBackend(),
    methods: ['input-x-gradient'],
    data: {
      count: inputs.shape[0]!,
      read,
      ...(truth
        ? { truth: (first: number, count: number) => Promise.resolve(part(truth, first, count)) }
        : {}),
    },
    seed: 1,
    batch: 4,
    ...rest,
  };
}

/** Patterns of a network, fitted on drawn samples. */
export const fittedPatterns = (network: Network, seed: number): Promise<PatternSet> =>
  fitPatterns(
    network,
    [drawnTensor(seed, [64, ...(network.inputs[0]!.shape.slice(1) as number[])])],
    {
      backend: referenceBackend(),
    },
  );
