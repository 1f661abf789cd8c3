/** @jest-environment ./src/testing/ort-environment.js */
import { createExplainer, type Network, type Tensor, type TensorRecord } from '@patternlens/core';
import { modelLayout, normals } from '@patternlens/core/tensor';
import { referenceBackend } from '@patternlens/reference';
import * as ort from 'onnxruntime-node';
import { readOnnx } from '../read-onnx.js';
import { openOnnxModel } from '../run/onnx-model.js';
import { forward, inputsFor } from '../testing/against-runtime.js';
import { expectGradient } from '../testing/jacobian.js';
import { modelFile, node, port, type ModelParts } from '../testing/model-file.js';
import { relativeL2 } from '../testing/shared-data.js';
import { floats, integers, weight } from '../testing/stored-tensors.js';

const sampleOf = (inputs: TensorRecord, at: number, count = 1): TensorRecord =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, { data, shape }]) => {
      const each = data.length / shape[0]!;
      const values = Float32Array.from(data.slice(at * each, (at + count) * each));
      return [name, { data: values, shape: [count, ...shape.slice(1)] }];
    }),
  );

/** Reads a file and expects that each sample's values are what the runtime makes of the sample, in the order in which it has them. */
async function expectSamples(parts: ModelParts, each = 1): Promise<Network> {
  const bytes = modelFile(parts);
  const network = await readOnnx(bytes);
  const inputs = inputsFor(network, { batch: 2 * each });
  const { data, shape } = forward(network, inputs);
  expect(shape[0]).toBe(2 * each);
  await using runtime = await openOnnxModel(bytes, { ort, threads: 1 });
  for (const at of [0, 1]) {
    const given = modelLayout(network, sampleOf(inputs, at * each, each));
    const want = Object.values(await runtime.run(given))[0]!.data;
    const made = data.slice((at * data.length) / 2, ((at + 1) * data.length) / 2);
    expect(made).toHaveLength(want.length);
    expect(relativeL2(made, want)).toBeLessThan(1e-5);
  }
  return network;
}

/** Attention of timm's vision transformers: q, k and v from one dense layer. */
const fusedAttention = (n: number | string): ModelParts => ({
  inputs: { x: [n, 3, 4] },
  nodes: [
    node('MatMul', 'x w', 'f'),
    node('Reshape', 'f s', 'r'),
    node('Transpose', 'r', 't', { perm: [2, 0, 3, 1, 4] }),
    node('Split', 't', 'q3 k3 v3', { axis: 0 }),
    ...['q', 'k', 'v'].map((name) => node('Squeeze', `${name}3 zero`, name)),
    node('Transpose', 'k', 'kt', { perm: [0, 1, 3, 2] }),
    node('MatMul', 'q kt', 'a'),
    node('Softmax', 'a', 'p', { axis: -1 }),
    node('MatMul', 'p v', 'o'),
    node('Transpose', 'o', 'ot', { perm: [0, 2, 1, 3] }),
    node('Reshape', 'ot back', 'j'),
    node('MatMul', 'j u', 'y'),
  ],
  weights: [
    weight('w', [4, 12]),
    weight('u', [4, 2], 2),
    integers('s', [n === 1 ? 1 : -1, 3, 3, 2, 2]),
    integers('back', [n === 1 ? 1 : -1, 3, 4]),
    integers('zero', [0]),
  ],
});

/** `nn.MultiheadAttention`, sequence first, as PyTorch exports it: heads are told apart behind the batch, and the product of all steps takes the steps of all samples as rows. */
const multiheadAttention: ModelParts = {
  inputs: { x: ['n', 3, 4] },
  nodes: [
    node('Transpose', 'x', 't', { perm: [1, 0, 2] }),
    node('Shape', 't', 'shape'),
    node('Gather', 'shape one', 'count'),
    node('Mul', 'count heads', 'pairs'),
    node('Concat', 'steps pairs two', 'apart', { axis: 0 }),
    ...['q', 'k', 'v'].flatMap((name) => [
      node('MatMul', `t w${name}`, `${name}1`),
      node('Reshape', `${name}1 apart`, `${name}2`),
      node('Transpose', `${name}2`, name, { perm: [1, 0, 2] }),
    ]),
    node('Transpose', 'k', 'kt', { perm: [0, 2, 1] }),
    node('MatMul', 'q kt', 'a'),
    node('Softmax', 'a', 'p', { axis: -1 }),
    node('MatMul', 'p v', 'o'),
    node('Transpose', 'o', 'ot', { perm: [1, 0, 2] }),
    node('Mul', 'count steps', 'rows'),
    node('Concat', 'rows four', 'flat', { axis: 0 }),
    node('Reshape', 'ot flat', 'j'),
    node('Gemm', 'j u b', 'g', { transB: 1 }),
    node('Concat', 'steps count four', 'series', { axis: 0 }),
    node('Reshape', 'g series', 's'),
    node('Transpose', 's', 'y', { perm: [1, 0, 2] }),
  ],
  weights: [
    ...['wq', 'wk', 'wv'].map((name, at) => weight(name, [4, 4], at + 1)),
    weight('u', [4, 4], 5),
    weight('b', [4], 6),
    integers('one', [1]),
    integers('heads', [2]),
    integers('two', [2]),
    integers('steps', [3]),
    integers('four', [4]),
  ],
};

/** Windows of a Swin transformer, with its mask, which has an entry for each window of a sample. */
const windows: ModelParts = {
  inputs: { x: ['n', 4, 4, 2] },
  nodes: [
    node('Reshape', 'x parted', 'a'),
    node('Transpose', 'a', 'b', { perm: [0, 1, 3, 2, 4, 5] }),
    node('Reshape', 'b windows', 'w'),
    node('Transpose', 'w', 'wt', { perm: [0, 2, 1] }),
    node('MatMul', 'w wt', 's'),
    node('Reshape', 's bySample', 'd'),
    node('Add', 'd mask', 'm'),
    node('Reshape', 'm byWindow', 'e'),
    node('Softmax', 'e', 'p', { axis: -1 }),
    node('MatMul', 'p w', 'o'),
    node('Reshape', 'o partedAgain', 'f'),
    node('Transpose', 'f', 'g', { perm: [0, 1, 3, 2, 4, 5] }),
    node('Reshape', 'g whole', 'y'),
  ],
  weights: [
    integers('parted', [-1, 2, 2, 2, 2, 2]),
    integers('windows', [-1, 4, 2]),
    integers('bySample', [-1, 4, 4, 4]),
    integers('byWindow', [-1, 4, 4]),
    integers('partedAgain', [-1, 2, 2, 2, 2, 2]),
    integers('whole', [-1, 4, 4, 2]),
    weight('mask', [1, 4, 4, 4], 3),
  ],
};

/** A convolution over every image of a series. */
const seriesOfImages: ModelParts = {
  inputs: { x: ['n', 3, 2, 6, 5] },
  nodes: [
    node('Reshape', 'x images', 'a'),
    node('Conv', 'a w b', 'c', { pads: [1, 1, 1, 1], strides: [2, 1] }),
    node('BatchNormalization', 'c s h m v', 'd'),
    node('Relu', 'd', 'e'),
    node('MaxPool', 'e', 'f', { kernel_shape: [2, 2] }),
    node('AveragePool', 'f', 'g', {
      kernel_shape: [2, 2],
      pads: [1, 0, 0, 1],
      count_include_pad: 1,
    }),
    node('ConvTranspose', 'g u', 'o', { strides: [2, 2] }),
    node('GlobalAveragePool', 'o', 'p'),
    node('Flatten', 'p', 'q'),
    node('Reshape', 'q series', 'y'),
  ],
  weights: [
    integers('images', [-1, 2, 6, 5]),
    integers('series', [-1, 3, 3]),
    weight('w', [4, 2, 3, 3]),
    weight('b', [4], 2),
    weight('s', [4], 3),
    weight('h', [4], 4),
    weight('m', [4], 5),
    floats('v', [4], [1, 2, 0.5, 1.5]),
    weight('u', [4, 3, 2, 2], 6),
  ],
};

/** Time first throughout, with constants for every step and every feature. */
const timeFirst: ModelParts = {
  inputs: { x: ['n', 4, 5] },
  nodes: [
    node('Transpose', 'x', 't', { perm: [2, 0, 1] }),
    node('Add', 't step', 'a'),
    node('Mul', 'a feature', 'b'),
    node('MatMul', 'b w', 'c'),
    node('LayerNormalization', 'c s h', 'd'),
    node('Softmax', 'd', 'e', { axis: 0 }),
    node('Slice', 'e from to zero', 'f'),
    node('ReduceMean', 'f', 'g', { axes: [0], keepdims: 0 }),
    node('Concat', 'f e', 'i', { axis: 0 }),
    node('Add', 'i g', 'y'),
  ],
  weights: [
    weight('step', [5, 1, 1]),
    weight('feature', [4], 2),
    weight('w', [4, 3], 3),
    weight('s', [3], 4),
    weight('h', [3], 5),
    integers('from', [1]),
    integers('to', [4]),
    integers('zero', [0]),
  ],
};

/** Two inputs that go through the same weights as one batch, and are compared. */
const twins: ModelParts = {
  inputs: { x: ['n', 4], z: ['n', 4] },
  nodes: [
    node('Concat', 'x z', 'c', { axis: 0 }),
    node('MatMul', 'c w', 'd'),
    node('Tanh', 'd', 'e'),
    node('Split', 'e', 'f g', { axis: 0 }),
    node('Sub', 'f g', 'y'),
  ],
  weights: [weight('w', [4, 3])],
};

const files: Readonly<Record<string, ModelParts>> = {
  'fused q, k and v': fusedAttention('n'),
  'fused q, k and v of a batch of 1': fusedAttention(1),
  'attention, sequence first': multiheadAttention,
  windows: windows,
  'a series of images': seriesOfImages,
  'time first': timeFirst,
  'two inputs as one batch': twins,
};

test.each(Object.entries(files))('%s', async (_name, parts) => {
  await expectSamples(parts);
  await expectGradient(parts);
});

/** A state with an entry for each of two layers before the batch. */
const states: ModelParts = {
  inputs: { x: ['n', 3], h: [2, 'n', 4] },
  nodes: [
    node('Gather', 'h first', 'a', { axis: 0 }),
    node('Gather', 'h second', 'b', { axis: 0 }),
    node('Mul', 'a b', 'c'),
    node('MatMul', 'x w', 'd'),
    node('Add', 'c d', 'y'),
  ],
  weights: [integers('first', [0], []), integers('second', [1], []), weight('w', [3, 4])],
};

test('an input whose batch is at another axis is given, and explained, in its own layout', async () => {
  const network = await expectSamples(states);
  expect(network.inputs[1]).toEqual({ name: 'h', shape: [{ batch: 1 }, 2, 4], batchAxis: 1 });
  await using explainer = await createExplainer(network, {
    backend: referenceBackend(),
    method: 'gradient',
    start: 'one',
  });
  const draw = normals(3);
  const h: Tensor = { data: Float64Array.from({ length: 24 }, () => draw()), shape: [2, 3, 4] };
  const x: Tensor = { data: Float64Array.from({ length: 9 }, () => draw()), shape: [3, 3] };
  const { relevanceByInput } = await explainer.explain({ x, h }, { target: 1 });
  const { shape, data } = relevanceByInput['h']!;
  expect(shape).toEqual([2, 3, 4]);
  // d (h[0, n, 1] h[1, n, 1]) / d h.
  for (const layer of [0, 1])
    for (const n of [0, 1, 2])
      for (const at of [0, 1, 2, 3])
        expect(data[(layer * 3 + n) * 4 + at]).toBeCloseTo(
          at === 1 ? h.data[((1 - layer) * 3 + n) * 4 + 1]! : 0,
          6,
        );
  await expect(explainer.explain({ x, h: { ...h, shape: [24] } })).rejects.toThrow('axis 1');
});

test('the batch of an input is found by its name, or where it is said to be', async () => {
  const nodes = [node('ReduceSum', 'x first', 'y', { keepdims: 0 })];
  const weights = [integers('first', [0])];
  const read = (dims: readonly (number | string)[], shapes = {}): Promise<Network> =>
    readOnnx(modelFile({ inputs: { x: dims }, nodes, weights }), { shapes });
  const series = { name: 'x', shape: [{ batch: 1 }, 5, 3], batchAxis: 1 };
  expect((await read(['time', 'batch', 3], { x: [5, 3] })).inputs).toEqual([series]);
  expect((await read([5, 'batch', 3])).inputs).toEqual([series]);
  expect((await read(['p', 'q', 3], { x: [5, 'N', 3] })).inputs).toEqual([series]);
  expect((await read([5, 1, 3], { x: [5, 'N', 3] })).inputs).toEqual([series]);
  await expect(read(['p', 'q', 3])).rejects.toThrow('--shape x=SIZE,3');
  await expect(read(['time', 'batch', 3])).rejects.toThrow('--shape x=SIZE,N,3');
});

test('inputs whose batch is fixed say so together', async () => {
  const parts = {
    ...states,
    inputs: {},
    ports: [port('x', [1, 3]), port('h', [2, 1, 4])],
  };
  const network = await expectSamples(parts);
  expect(network.inputs[1]).toMatchObject({ batchAxis: 1 });
  expect(network.batchWasFixed).toBe(true);
});

test('a batch that is fixed to 2 is freed where nothing hangs on it, constants of all samples included', async () => {
  const nodes = [
    node('Reshape', 'x rows', 'a'),
    node('MatMul', 'a w', 'b'),
    node('Reshape', 'b back', 'c'),
    node('Add', 'c k', 'd'),
    node('Slice', 'd zero two zero', 'e'),
    node('Expand', 'e whole', 'f'),
    node('Concat', 'f token', 'g', { axis: 1 }),
    node('PRelu', 'g slope', 'y'),
  ];
  const weights = (k: readonly number[]) => [
    integers('rows', [6, 4]),
    integers('back', [2, 3, 2]),
    integers('zero', [0]),
    integers('two', [2]),
    integers('whole', [2, 3, 2]),
    weight('w', [4, 2]),
    floats('token', [2, 1, 2], [7, 8, 7, 8]),
    floats('slope', [2, 4, 1], [0.1, 0.2, 0.3, 0.4, 0.1, 0.2, 0.3, 0.4]),
    floats('k', [2, 1, 2], k),
  ];
  const parts = { inputs: { x: [2, 3, 4] }, nodes, weights: weights([5, 6, 5, 6]) };
  const network = await expectSamples(parts, 2);
  expect(network.changes).toEqual([expect.stringContaining('fixes its batch to 2')]);
  const apart = readOnnx(modelFile({ ...parts, weights: weights([5, 6, 5, 7]) }));
  await expect(apart).rejects.toThrow('Add "Add_d": its constant of shape [2, 1, 2] varies');
});

test.each<[string, readonly ReturnType<typeof node>[]]>([
  ['squeezed away', [node('Squeeze', 'x zero', 'a'), node('MatMul', 'a w', 'y')]],
  ['reduced', [node('ReduceSum', 'x zero', 'a', { keepdims: 0 }), node('MatMul', 'a w', 'y')]],
  ['reduced with all', [node('ReduceMean', 'x', 'a', { keepdims: 1 }), node('Mul', 'a x', 'y')]],
  [
    'broadcast against another rank',
    [node('Squeeze', 'x zero', 'a'), node('Add', 'x t', 'b'), node('Mul', 'b a', 'y')],
  ],
  ['normalised along', [node('Softmax', 'x', 'a', { axis: 0 }), node('Sub', 'x a', 'y')]],
])('a batch of 1 that is %s is one of single samples, and said to be', async (_name, nodes) => {
  const weights = [weight('w', [4, 2]), weight('t', [2, 3, 4], 2), integers('zero', [0])];
  const parts = { inputs: { x: [1, 3, 4] }, nodes, weights };
  const network = await expectSamples(parts);
  expect(network.changes).toEqual([
    expect.stringMatching(/fixes its batch to 1.*sample by sample/),
  ]);
  expect(network.inputs[0]!.shape).toEqual([{ batch: 1 }, 3, 4]);
  await expectGradient(parts);
});
