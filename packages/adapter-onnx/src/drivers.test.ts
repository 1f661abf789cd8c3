/** @jest-environment ./src/testing/ort-environment.js */
import {
  createExplainer,
  tensor,
  type Backend,
  type MethodChoice,
  type Tensor,
} from '@patternlens/core';
import { createNetwork, type Layer } from '@patternlens/core/network';
import { BATCH, normals } from '@patternlens/core/tensor';
import { referenceBackend } from '@patternlens/reference';
import * as ort from 'onnxruntime-node';
import { onnxBackend } from './run/onnx-backend.js';
import { relativeL2 } from './testing/shared-data.js';

const draw = normals(4);
const drawn = (shape: readonly number[], size = 1): Tensor =>
  tensor(
    Float32Array.from({ length: shape.reduce((all, dim) => all * dim, 1) }, () => size * draw()),
    shape,
  );

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

const conv = { strides: [1, 1], dilations: [1, 1], padsBegin: [1, 1], padsEnd: [1, 1], groups: 1 };

/** Smooth, so that no decision can flip. */
const network = createNetwork({
  inputs: [{ name: 'image', shape: [BATCH, 3, 7, 9] }],
  outputs: ['logits'],
  layers: [
    layer('convolution', 'conv', 'image', conv, {
      weights: drawn([4, 3, 3, 3], 0.3),
      bias: drawn([4, 1, 1]),
    }),
    layer('activation', 'tanh', 'conv', { function: 'tanh' }),
    layer('reshape', 'flat', 'tanh', { shape: [BATCH, 4 * 63] }),
    layer('dense', 'logits', 'flat', {}, { weights: drawn([5, 4 * 63], 0.2), bias: drawn([5]) }),
  ],
});
const x = drawn([3, 3, 7, 9]);

const onnx = onnxBackend({ ort });
const reference = referenceBackend();

async function explain(
  backend: Backend,
  method: MethodChoice,
  target: readonly number[] | 'top' = 'top',
) {
  await using explainer = await createExplainer(network, { backend, method });
  return await explainer.explain(x, { target });
}

test.each<MethodChoice & object>([
  { id: 'integrated-gradients', steps: 10 },
  { id: 'integrated-gradients', steps: 5, quadrature: 'gauss-legendre', baseline: [0.5, 0, -1] },
  { id: 'smoothgrad', samples: 10 },
  { id: 'smoothgrad', samples: 10, variant: 'squared' },
  { id: 'smoothgrad', samples: 10, variant: 'variance' },
  { id: 'occlusion', patch: 3, stride: 2 },
  { id: 'occlusion', score: 'probability' },
])('$id on onnx:node is what it is in float64: %j', async (method) => {
  const actual = await explain(onnx, method);
  const wanted = await explain(reference, method);
  expect(actual.targets).toEqual(wanted.targets);
  expect(actual.relevance).toMatchObject({ shape: [3, 3, 7, 9] });
  expect(relativeL2(actual.relevance.data, Array.from(wanted.relevance.data))).toBeLessThan(1e-5);
});

test('the mean over the very same noise, run one by one', async () => {
  const target = [4, 0, 2];
  const samples = 6;
  const actual = await explain(onnx, { id: 'smoothgrad', samples, noise: 0.2, seed: 5 }, target);
  await using gradient = await createExplainer(network, { backend: onnx, method: 'gradient' });
  const each = x.data.length / 3;
  const sum = new Float64Array(x.data.length);
  for (const [sample, chosen] of target.entries()) {
    const data = x.data.subarray(sample * each, (sample + 1) * each);
    const deviation = 0.2 * (Math.max(...data) - Math.min(...data));
    const noise = normals(5);
    for (let member = 0; member < samples; member++) {
      const noisy = Float32Array.from(data, (value) => value + deviation * noise());
      const { relevance } = await gradient.explain(tensor(noisy, [1, 3, 7, 9]), { target: chosen });
      relevance.data.forEach((value, at) => {
        sum[sample * each + at]! += value / samples;
      });
    }
  }
  expect(relativeL2(actual.relevance.data, Array.from(sum))).toBeLessThan(1e-6);
});

test('completeness is as good as float32 lets it be', async () => {
  const { relativeCompletenessErrors } = await explain(onnx, {
    id: 'integrated-gradients',
    steps: 20,
    quadrature: 'gauss-legendre',
  });
  expect(Math.max(...relativeCompletenessErrors!)).toBeLessThan(1e-5);
});
