/** @jest-environment ./src/testing/ort-environment.js */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createExplainer,
  tensor,
  type Backend,
  type MethodChoice,
  type Network,
  type Shape,
  type Start,
  type Tensor,
} from '@patternlens/core';
import { type PoolAttributes } from '@patternlens/core/backend';
import { createNetwork, type Layer } from '@patternlens/core/network';
import { permuteTensor } from '@patternlens/core/tensor';
import { referenceBackend } from '@patternlens/reference';
import * as ort from 'onnxruntime-node';
import { onnxBackend } from './run/onnx-backend.js';
import { hasSharedData, relativeL2, sharedData } from './testing/shared-data.js';

interface Stored {
  readonly shape: number[];
  readonly data: number[];
}

interface PeerFile {
  readonly input: Stored;
  readonly layers: Record<string, { weights: Stored[]; output: Stored; attribution: Stored }>;
}

const N = { batch: 1 };
const IMAGE: Shape = [N, 10, 10, 3];

const layer = (
  kind: string,
  name: string,
  input: string,
  attributes: object,
  parameters: Record<string, Tensor> = {},
): Layer =>
  ({
    kind,
    name,
    inputs: [input],
    output: name,
    attributes,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([key, value]) => [key, { tensor: value }]),
    ),
  }) as unknown as Layer;

const of = ({ data, shape }: Stored): Tensor => tensor(data, shape);
const pool: PoolAttributes = {
  kernel: [2, 2],
  strides: [2, 2],
  padsBegin: [0, 0],
  padsEnd: [0, 0],
  dilations: [1, 1],
};

/** One layer of the peer, whose images are channels last, between transposes; its output is flattened. */
function networkOf(name: string, weights: Stored[]): Network {
  const rectifies = name.endsWith('_relu');
  const [kernel, bias] = weights.map(of);
  const last = rectifies ? 'relu' : 'own';
  const relu = rectifies ? [layer('rectifier', 'relu', 'own', {})] : [];
  const finish = (from: string, size: number): Layer =>
    layer('reshape', 'flat', from, { shape: [N, size] });
  const inputs = [{ name: 'image', shape: IMAGE }];
  if (name.startsWith('Dense')) {
    const dense = layer(
      'dense',
      'own',
      'image',
      {},
      { weights: permuteTensor(kernel!, [1, 0]), bias: bias! },
    );
    return createNetwork({
      inputs,
      outputs: ['flat'],
      layers: [dense, ...relu, finish(last, 500)],
    });
  }
  const first = layer('transpose', 'first', 'image', { permutation: [0, 3, 1, 2] });
  const back = layer('transpose', 'back', last, { permutation: [0, 2, 3, 1] });
  if (name.startsWith('Conv2D')) {
    const attributes = {
      strides: [1, 1],
      padsBegin: [0, 0],
      padsEnd: [0, 0],
      dilations: [1, 1],
      groups: 1,
    };
    const conv = layer('convolution', 'own', 'first', attributes, {
      weights: permuteTensor(kernel!, [3, 2, 0, 1]),
      bias: tensor(bias!.data, [5, 1, 1]),
    });
    return createNetwork({
      inputs,
      outputs: ['flat'],
      layers: [first, conv, ...relu, back, finish('back', 320)],
    });
  }
  const pooling = name.startsWith('Max')
    ? layer('max-pool', 'own', 'first', pool)
    : layer('average-pool', 'own', 'first', { ...pool, countedBegin: [0, 0], countedEnd: [0, 0] });
  return createNetwork({
    inputs,
    outputs: ['flat'],
    layers: [first, pooling, back, finish('back', 75)],
  });
}

const epsilon = 0.1;

/** The peer's name of each method, with the relevance that it starts from. Its biases are zero, so what is done with them is not compared. The peer
 * takes positive contributions for Deep Taylor in these layers too; bounds and epsilon are its own. */
const peers: readonly (readonly [file: string, method: MethodChoice, start?: Start])[] = [
  ['Gradient', 'gradient', 'one'],
  ['InputTimesGradient', 'input-x-gradient', 'one'],
  ['IntegratedGradients', { id: 'integrated-gradients', steps: 64, quadrature: 'left' }],
  ['Deconvnet', 'deconvnet', 'value'],
  ['GuidedBackprop', 'guided-backprop', 'value'],
  ['LRPZ', 'lrp-0', 'value'],
  ['LRPZIgnoreBias', { id: 'lrp-0', bias: 'ignore' }, 'value'],
  ['LRPEpsilon', { id: 'lrp-epsilon', epsilon: 1e-7 }, 'value'],
  ['LRPEpsilonIgnoreBias', { id: 'lrp-epsilon', epsilon: 1e-7, bias: 'ignore' }, 'value'],
  ['LRPAlpha1Beta0', 'lrp-alpha1-beta0', 'value'],
  ['LRPAlpha1Beta0IgnoreBias', { id: 'lrp-alpha1-beta0', bias: 'ignore' }, 'value'],
  ['LRPAlpha2Beta1', 'lrp-alpha2-beta1', 'value'],
  ['LRPAlpha2Beta1IgnoreBias', { id: 'lrp-alpha-beta', alpha: 2, bias: 'ignore' }, 'value'],
  ['LRPZPlus', 'lrp-z-plus', 'value'],
  ['LRPZPlusFast', 'lrp-z-plus', 'value'],
  ['LRPFlat', 'lrp-flat', 'value'],
  ['LRPWSquare', 'lrp-w-squared', 'value'],
  ['LRPZ_boxed_input_layer_rule', { id: 'lrp-z-box', low: -10, high: 10 }, 'value'],
  ['LRPSequentialPresetA', { id: 'epsilon-plus', epsilon }, 'value'],
  ['LRPSequentialPresetAFlat', { id: 'epsilon-plus-flat', epsilon }, 'value'],
  ['LRPSequentialPresetB', { id: 'epsilon-alpha2-beta1', epsilon }, 'value'],
  ['LRPSequentialPresetBFlat', { id: 'epsilon-alpha2-beta1-flat', epsilon }, 'value'],
  ['LRPZ_Flat_input_layer_rule', 'lrp-flat', 'value'],
  ['DeepTaylor', { id: 'deep-taylor', input: 'positive' }, 'value'],
  ['BoundedDeepTaylor', { id: 'deep-taylor', low: -128, high: 128 }, 'value'],
];

/** Where the peer does otherwise by design: through an average it passes Deep Taylor's relevance as a gradient, not in proportion to the inputs. */
const different = new Set(
  ['DeepTaylor', 'BoundedDeepTaylor'].map((file) => `${file} of AveragePooling2D`),
);

const NETWORKS = [
  'Dense',
  'Dense_relu',
  'Conv2D',
  'Conv2D_relu',
  'AveragePooling2D',
  'MaxPooling2D',
];
const cases = peers
  .flatMap(([file, method, start]) =>
    NETWORKS.map((name) => [`${file} of ${name}`, file, method, start, name] as const),
  )
  .filter(([title]) => !different.has(title));
const read = (file: string): PeerFile =>
  JSON.parse(
    readFileSync(join(sharedData, 'peer-layer-references', `${file}.json`), 'utf8'),
  ) as PeerFile;

describe.each([
  ['reference', referenceBackend()],
  ['onnx:node', onnxBackend({ ort })],
] as [string, Backend][])('on %s', (_id, backend) => {
  (hasSharedData ? test : test.skip).each(cases)(
    '%s is what the peer computed',
    async (_name, file, method, start, name) => {
      const { input, layers } = read(file);
      const { weights, output, attribution } = layers[name]!;
      await using explainer = await createExplainer(networkOf(name, weights), {
        backend,
        method,
        ...(start === undefined ? {} : { start }),
      });
      const explained = await explainer.explain(of(input));
      expect(relativeL2(explained.output.data, output.data)).toBeLessThan(1e-6);
      expect(relativeL2(explained.relevanceByInput['image']!.data, attribution.data)).toBeLessThan(
        1e-5,
      );
    },
  );
});
