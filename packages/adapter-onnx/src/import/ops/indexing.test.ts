/** @jest-environment ./src/testing/ort-environment.js */
import { expectAgreement, testAgreement } from '../../testing/against-runtime.js';
import { expectGradient } from '../../testing/jacobian.js';
import { testRefusals } from '../../testing/failures.js';
import { node, type Attributes, type ModelParts } from '../../testing/model-file.js';
import { booleans, floats, integers, weight } from '../../testing/stored-tensors.js';

/** A file whose batch is 1, so that indices may name it. */
const one = { x: [1, 3, 4] } as const;
const free = { x: ['n', 3, 4] } as const;

const scattering = (reduction: string, opset = 18): ModelParts => ({
  inputs: { x: [1, 3, 4], z: [1, 2, 4] },
  opset,
  nodes: [node('ScatterElements', 'x at z', 'y', { axis: 1, reduction })],
  // Two of a column meet in one place.
  weights: [integers('at', [0, 2, 1, 1, 2, 2, -1, 1], [1, 2, 4])],
});

const scatteringVectors = (reduction: string): ModelParts => ({
  inputs: { x: [1, 3, 4], z: [1, 3, 4] },
  opset: 18,
  nodes: [node('ScatterND', 'x at z', 'y', { reduction })],
  weights: [integers('at', [0, 2, 0, 0, 0, 2], [1, 3, 2])],
});

const running = (attributes: Attributes, axis: number): ModelParts => ({
  inputs: free,
  nodes: [node('CumSum', 'x axis', 'y', attributes)],
  weights: [integers('axis', [axis], [])],
});

const cases: Readonly<Record<string, ModelParts>> = {
  'GatherElements along an axis': {
    inputs: one,
    nodes: [node('GatherElements', 'x at', 'y', { axis: 2 })],
    weights: [integers('at', [3, 3, 0, 1, -1, 2], [1, 3, 2])],
  },
  'GatherND of entries': {
    inputs: one,
    nodes: [node('GatherND', 'x at', 'y', { batch_dims: 1 })],
    weights: [integers('at', [0, 3, 2, 1, 0, 3], [1, 3, 2])],
  },
  'GatherND of rows': {
    inputs: one,
    nodes: [node('GatherND', 'x at', 'y', { batch_dims: 1 })],
    weights: [integers('at', [2, 0], [1, 2, 1])],
  },
  ...Object.fromEntries(
    ['add', 'mul', 'max', 'min'].flatMap((reduction) => [
      [`ScatterElements, ${reduction}`, scattering(reduction)],
      [`ScatterND, ${reduction}`, scatteringVectors(reduction)],
    ]),
  ),
  'ScatterElements that replaces': {
    ...scattering('none'),
    weights: [integers('at', [0, 2, 1, 1, 2, 1, -1, 0], [1, 2, 4])],
  },
  'ScatterElements of constants': {
    inputs: one,
    nodes: [node('ScatterElements', 'x at z', 'y', { axis: 2 })],
    weights: [integers('at', [1, 0, 3], [1, 3, 1]), weight('z', [1, 3, 1])],
  },
  'ScatterElements into a constant': {
    inputs: { x: [1, 3, 1] },
    nodes: [node('ScatterElements', 'z at x', 'y', { axis: 2 })],
    weights: [integers('at', [1, 0, 3], [1, 3, 1]), weight('z', [1, 3, 4])],
  },
  'ScatterND that replaces': {
    inputs: { x: [1, 3, 4], z: [1, 2, 4] },
    nodes: [node('ScatterND', 'x at z', 'y')],
    weights: [integers('at', [0, 2, 0, 0], [1, 2, 2])],
  },
  'Compress of an axis': {
    inputs: free,
    nodes: [node('Compress', 'x keep', 'y', { axis: 2 })],
    weights: [booleans('keep', [4], [true, false, false, true])],
  },
  'ReverseSequence of all alike': {
    inputs: { x: [1, 4, 3] },
    nodes: [node('ReverseSequence', 'x lengths', 'y', { time_axis: 1, batch_axis: 0 })],
    weights: [integers('lengths', [3])],
  },
  'ReverseSequence by a length for each channel': {
    inputs: one,
    nodes: [node('ReverseSequence', 'x lengths', 'y', { time_axis: 2, batch_axis: 1 })],
    weights: [integers('lengths', [4, 1, 3])],
  },
  CumSum: running({}, 2),
  'CumSum without the entry itself': running({ exclusive: 1 }, 1),
  'CumSum from behind': running({ reverse: 1 }, -1),
  'CumSum from behind without the entry itself': running({ reverse: 1, exclusive: 1 }, -2),
  'Trilu, upper': { inputs: free, nodes: [node('Trilu', 'x', 'y')] },
  'Trilu, lower, shifted': {
    inputs: free,
    nodes: [node('Trilu', 'x k', 'y', { upper: 0 })],
    weights: [integers('k', [1], [])],
  },
  'TopK, the largest': {
    inputs: free,
    nodes: [node('TopK', 'x k', 'y places', { axis: 1 })],
    weights: [integers('k', [2])],
  },
  'TopK, the smallest': {
    inputs: free,
    nodes: [node('TopK', 'x k', 'y places', { largest: 0 })],
    weights: [integers('k', [3])],
  },
  'NegativeLogLikelihoodLoss of known labels': {
    inputs: { x: [1, 3, 4] },
    nodes: [
      node('NegativeLogLikelihoodLoss', 'x labels w', 'y', { reduction: 'none', ignore_index: 2 }),
    ],
    weights: [integers('labels', [0, 2, 1, 0], [1, 4]), weight('w', [3])],
  },
  'SoftmaxCrossEntropyLoss of known labels': {
    inputs: { x: [1, 3, 4] },
    nodes: [node('SoftmaxCrossEntropyLoss', 'x labels', 'y', { reduction: 'none' })],
    weights: [integers('labels', [0, 2, 1, 0], [1, 4])],
  },
  MaxUnpool: {
    inputs: { x: [1, 2, 2, 2] },
    nodes: [node('MaxUnpool', 'x at', 'y', { kernel_shape: [2, 2], strides: [2, 2] })],
    weights: [integers('at', [5, 7, 13, 15, 16, 18, 24, 31], [1, 2, 2, 2])],
  },
  'CenterCropPad of two axes': {
    inputs: { x: ['n', 5, 4] },
    opset: 18,
    nodes: [node('CenterCropPad', 'x sizes', 'y', { axes: [1, 2] })],
    weights: [integers('sizes', [2, 7])],
  },
  Col2Im: {
    inputs: { x: ['n', 8, 9] },
    opset: 18,
    nodes: [node('Col2Im', 'x image block', 'y', { strides: [1, 2], pads: [0, 1, 0, 0] })],
    weights: [integers('image', [4, 6]), integers('block', [2, 2])],
  },
};

// Of some uses the runtime has no kernel: slopes and the standard's own tests judge them.
const UNKNOWN_TO_RUNTIME = ['ReverseSequence by a length for each channel'];
const comparable = Object.fromEntries(
  Object.entries(cases).filter(([name]) => !UNKNOWN_TO_RUNTIME.includes(name)),
);

describe('what constant indices pick and put is what the runtime says:', () => {
  testAgreement(comparable);
});

describe('its gradient is its slope:', () => {
  test.each(Object.entries(cases))('%s', async (_name, parts) => {
    await expectGradient(parts);
  });
});

const grid = [-0.9, -0.7, 0.1, 0.4, 1.3, -0.23, 0.45, -1.6, 0.8, 0.83, -0.33, 0.61];
const sampled = (attributes: Attributes): ModelParts => ({
  inputs: { x: [1, 2, 5, 4] },
  opset: 20,
  nodes: [node('GridSample', 'x grid', 'y', attributes)],
  weights: [floats('grid', [1, 2, 3, 2], grid)],
});

describe('an image read at the points of a known grid is what the runtime reads:', () => {
  testAgreement(
    Object.fromEntries(
      ['linear', 'nearest', 'cubic'].flatMap((mode) =>
        ['zeros', 'border', 'reflection'].flatMap((padding_mode) =>
          [0, 1].map((align_corners) => [
            `${mode}, ${padding_mode}, ${align_corners === 0 ? 'middles' : 'corners'}`,
            sampled({ mode, padding_mode, align_corners }),
          ]),
        ),
      ),
    ),
  );
  test('its gradient is its slope', async () => {
    await expectGradient(sampled({ mode: 'cubic', padding_mode: 'reflection' }));
  });
});

test('an affine grid is linear in the map', async () => {
  const parts = {
    inputs: { x: ['n', 2, 3] },
    opset: 20,
    nodes: [node('AffineGrid', 'x size', 'y')],
    weights: [integers('size', [2, 1, 3, 5])],
  };
  await expectAgreement(parts);
  await expectGradient(parts);
});

describe('what cannot be said of every sample is refused:', () => {
  testRefusals([
    [
      'indices along a batch that is free',
      {
        inputs: free,
        nodes: [node('GatherElements', 'x at', 'y', { axis: 1 })],
        weights: [integers('at', [0, 1, 2, 0], [1, 1, 4])],
      },
      'unsupported-operation',
      'GatherElements_y',
      'batch',
    ],
    [
      'a grid for each sample',
      {
        ...sampled({}),
        inputs: { x: ['n', 2, 5, 4] },
        weights: [floats('grid', [2, 1, 3, 2], grid)],
      },
      'unsupported-operation',
      'GridSample_y',
      'from sample to sample',
    ],
    [
      'an index that is not there',
      {
        inputs: one,
        nodes: [node('GatherND', 'x at', 'y')],
        weights: [integers('at', [0, 3], [1, 2])],
      },
      'invalid-file',
      'GatherND_y',
      'index 3',
    ],
  ]);
});
