/** @jest-environment ./src/testing/ort-environment.js */
import { testAgreement, type RunOptions } from '../testing/against-runtime.js';
import { node, type Attributes, type ModelParts } from '../testing/model-file.js';

import { floats, integers, weight } from '../testing/stored-tensors.js';

type Case = ModelParts & { readonly options?: RunOptions };
type ByVersion = (opset: number) => Case;

/** Versions behind it the runtime refuses; the importer reads them alike. */
const NEWEST_OF_RUNTIME = 26;

const VERSIONS = [7, 9, 10, 11, 12, 13, 17, 18, 21, NEWEST_OF_RUNTIME];

/** A list that the operator takes as an attribute before the given version and as an input since. */
function listing(
  op: string,
  inputs: string,
  since: number,
  lists: Readonly<Record<string, readonly number[]>>,
  more: Attributes = {},
): ByVersion {
  return (opset) =>
    opset < since
      ? {
          opset,
          inputs: { x: ['n', 3, 1, 6] },
          nodes: [node(op, inputs, 'y', { ...lists, ...more })],
        }
      : {
          opset,
          inputs: { x: ['n', 3, 1, 6] },
          nodes: [node(op, `${inputs} ${Object.keys(lists).join(' ')}`, 'y', more)],
          weights: Object.entries(lists).map(([name, values]) => integers(name, values)),
        };
}

const image = { x: ['n', 3, 4, 6] } as const;
const plain =
  (op: string, attributes: Attributes = {}, inputs: ModelParts['inputs'] = image): ByVersion =>
  (opset) => ({ opset, inputs, nodes: [node(op, 'x', 'y', attributes)] });

const cases: Readonly<Record<string, { readonly since?: number; readonly of: ByVersion }>> = {
  Squeeze: { of: listing('Squeeze', 'x', 13, { axes: [2] }) },
  'Squeeze of whatever has size 1': { of: plain('Squeeze', {}, { x: ['n', 1, 4, 1] }) },
  Unsqueeze: { of: listing('Unsqueeze', 'x', 13, { axes: [1, 3] }) },
  ReduceSum: { of: listing('ReduceSum', 'x', 13, { axes: [1, 3] }, { keepdims: 0 }) },
  ReduceMean: { of: listing('ReduceMean', 'x', 18, { axes: [3] }) },
  ReduceMax: { of: listing('ReduceMax', 'x', 18, { axes: [3, 2] }, { keepdims: 0 }) },
  ReduceL2: { of: listing('ReduceL2', 'x', 18, { axes: [1] }) },
  Slice: { of: listing('Slice', 'x', 10, { starts: [1, -4], ends: [3, -1], axes: [1, 3] }) },
  Split: {
    of: (opset) => ({
      opset,
      inputs: image,
      nodes: [
        opset < 13
          ? node('Split', 'x', 'a b', { axis: 3, split: [2, 4] })
          : node('Split', 'x split', 'a b', { axis: 3 }),
        node('Concat', 'b a', 'y', { axis: 3 }),
      ],
      weights: opset < 13 ? [] : [integers('split', [2, 4])],
    }),
  },
  'Split into parts by their number': {
    of: (opset) => ({
      opset,
      inputs: { x: ['n', opset < 18 ? 6 : 5] },
      nodes: [
        node('Split', 'x', 'a b c', opset < 18 ? { axis: 1 } : { axis: 1, num_outputs: 3 }),
        node('Concat', 'c b a', 'y', { axis: 1 }),
      ],
    }),
  },
  Pad: {
    of: (opset) =>
      opset < 11
        ? {
            opset,
            inputs: image,
            nodes: [
              node('Pad', 'x', 'y', { pads: [0, 1, 0, 2, 0, 0, 3, 0], value: { float: 0.5 } }),
            ],
          }
        : {
            opset,
            inputs: image,
            nodes: [node('Pad', 'x pads value', 'y')],
            weights: [integers('pads', [0, 1, 0, 2, 0, 0, 3, 0]), floats('value', [], [0.5])],
          },
  },
  Clip: {
    of: (opset) =>
      opset < 11
        ? {
            opset,
            inputs: image,
            nodes: [node('Clip', 'x', 'y', { min: { float: -0.5 }, max: { float: 0.7 } })],
          }
        : {
            opset,
            inputs: image,
            nodes: [node('Clip', 'x min max', 'y')],
            weights: [floats('min', [], [-0.5]), floats('max', [], [0.7])],
          },
  },
  Dropout: {
    of: (opset) => ({
      opset,
      inputs: image,
      nodes: [
        opset < 12
          ? node('Dropout', 'x', 'd', { ratio: { float: 0.5 } })
          : node('Dropout', 'x ratio', 'd'),
        node('Neg', 'd', 'y'),
      ],
      weights: opset < 12 ? [] : [floats('ratio', [], [0.5])],
    }),
  },
  Softmax: { of: plain('Softmax') },
  'Softmax of vectors': { of: plain('Softmax', {}, { x: ['n', 5] }) },
  'Softmax over axis 1': { of: plain('Softmax', { axis: 1 }) },
  'Softmax over axis 2': { of: plain('Softmax', { axis: 2 }) },
  'Softmax over the last axis': { of: plain('Softmax', { axis: -1 }) },
  LogSoftmax: { of: plain('LogSoftmax', { axis: 2 }) },
  'Resize to the nearest, larger': { since: 10, of: resizing('nearest', [1, 1, 2, 3]) },
  'Resize to the nearest, smaller': { since: 10, of: resizing('nearest', [1, 1, 0.5, 0.4]) },
  'Resize, linear': { since: 10, of: resizing('linear', [1, 1, 2, 1.5]) },
  'Resize, linear, smaller': { since: 10, of: resizing('linear', [1, 1, 0.5, 0.7]) },
  BatchNormalization: {
    of: (opset) => ({
      opset,
      inputs: image,
      nodes: [
        node('BatchNormalization', 'x scale shift mean variance', 'y', {
          epsilon: { float: 0.01 },
        }),
      ],
      weights: [
        weight('scale', [3]),
        weight('shift', [3], 2),
        weight('mean', [3], 3),
        floats('variance', [3], [0.5, 1, 2]),
      ],
    }),
  },
  MaxPool: { of: plain('MaxPool', { kernel_shape: [3, 2], strides: [2, 2], pads: [1, 1, 1, 0] }) },
  AveragePool: {
    of: plain('AveragePool', { kernel_shape: [3, 2], strides: [2, 2], pads: [1, 1, 1, 0] }),
  },
  'AveragePool with a last window that is only begun': {
    since: 10,
    of: plain('AveragePool', {
      kernel_shape: [3, 2],
      strides: [2, 3],
      pads: [1, 1, 1, 1],
      ceil_mode: 1,
      count_include_pad: 1,
    }),
  },
  'MaxPool with a last window that is only begun': {
    since: 10,
    of: plain('MaxPool', {
      kernel_shape: [3, 2],
      strides: [2, 4],
      ceil_mode: 1,
      dilations: [1, 2],
    }),
  },
  'Gemm, Flatten and Relu': {
    of: (opset) => ({
      opset,
      inputs: image,
      nodes: [
        node('Flatten', 'x', 'f'),
        node('Gemm', 'f w b', 'g', { transB: 1 }),
        node('Relu', 'g', 'y'),
      ],
      weights: [weight('w', [5, 72]), weight('b', [5], 2)],
    }),
  },
  'Pow, Sqrt, Div and Max': {
    of: (opset) => ({
      opset,
      inputs: image,
      nodes: [
        node('Pow', 'x two', 'p'),
        node('Sqrt', 'p', 's'),
        node('Div', 'x s', 'd'),
        node('Max', 'd x', 'y'),
      ],
      weights: [floats('two', [], [2])],
    }),
  },
};

function resizing(mode: string, scales: readonly number[]): ByVersion {
  return (opset) => ({
    opset,
    inputs: image,
    nodes: [
      opset < 11
        ? node('Resize', 'x scales', 'y', { mode })
        : node('Resize', 'x none scales', 'y', { mode }),
    ],
    weights: [floats('scales', [4], scales), ...(opset < 11 ? [] : [floats('none', [0], [])])],
  });
}

describe.each(VERSIONS)('operators of version %i do what the runtime does:', (opset) => {
  testAgreement(
    Object.fromEntries(
      Object.entries(cases)
        .filter(([, { since = 7 }]) => opset >= since)
        .map(([name, { of }]) => [name, of(opset)]),
    ),
  );
});

describe('operators that later versions dropped do what the runtime does:', () => {
  const upsample = (opset: 7 | 9, mode: string, scales: readonly number[]): Case =>
    opset === 7
      ? {
          opset,
          inputs: image,
          nodes: [node('Upsample', 'x', 'y', { mode, scales: { floats: scales } })],
        }
      : {
          opset,
          inputs: image,
          nodes: [node('Upsample', 'x scales', 'y', { mode })],
          weights: [floats('scales', [4], scales)],
        };
  testAgreement({
    'Upsample of version 7, nearest': upsample(7, 'nearest', [1, 1, 2, 3]),
    'Upsample of version 7, linear': upsample(7, 'linear', [1, 1, 2, 3]),
    'Upsample of version 9, nearest': upsample(9, 'nearest', [1, 1, 1.5, 2]),
    'Upsample of version 9, linear': upsample(9, 'linear', [1, 1, 2, 1.5]),
  });
});
