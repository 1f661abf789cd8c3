/** @jest-environment ./src/testing/ort-environment.js */
import { testAgreement } from '../../testing/against-runtime.js';
import { node, type Attributes, type ModelParts } from '../../testing/model-file.js';
import { floats, weight } from '../../testing/stored-tensors.js';

const pooling = (
  op: string,
  attributes: Attributes,
  input: readonly number[] = [3, 7, 8],
  opset = 19,
): ModelParts => ({
  inputs: { x: ['n', ...input] },
  opset,
  nodes: [node(op, 'x', 'y', attributes)],
});

const kernel_shape = [3, 2];
const windows: Readonly<Record<string, Attributes>> = {
  'no strides': { kernel_shape },
  'strides and asymmetric pads': { kernel_shape, strides: [2, 3], pads: [1, 0, 2, 1] },
  ceil_mode: { kernel_shape, strides: [2, 3], ceil_mode: 1 },
  'ceil_mode with pads': { kernel_shape, strides: [3, 3], pads: [1, 1, 1, 1], ceil_mode: 1 },
  'ceil_mode whose last window would begin in the pads': {
    kernel_shape: [2, 2],
    strides: [3, 3],
    pads: [0, 0, 1, 1],
    ceil_mode: 1,
  },
  dilations: { kernel_shape, dilations: [2, 3] },
  'dilations, pads and ceil_mode': {
    kernel_shape,
    dilations: [2, 3],
    strides: [2, 2],
    pads: [1, 1, 1, 1],
    ceil_mode: 1,
  },
  'auto_pad SAME_UPPER': { kernel_shape, strides: [2, 3], auto_pad: 'SAME_UPPER' },
  'auto_pad SAME_LOWER': { kernel_shape, strides: [2, 2], auto_pad: 'SAME_LOWER' },
  'auto_pad VALID': { kernel_shape, strides: [2, 2], auto_pad: 'VALID' },
};

const named = (op: string, more: Attributes = {}): Readonly<Record<string, ModelParts>> =>
  Object.fromEntries(
    Object.entries(windows).map(([name, attributes]) => [
      `${op}, ${name}`,
      pooling(op, { ...attributes, ...more }),
    ]),
  );

describe('pools are what the runtime computes:', () => {
  testAgreement(named('MaxPool'));
  testAgreement(named('AveragePool'));
  describe('with the padding counted:', () => {
    testAgreement(named('AveragePool', { count_include_pad: 1 }));
  });
  testAgreement({
    'MaxPool of one axis': pooling('MaxPool', { kernel_shape: [3], strides: [2] }, [2, 9]),
    'MaxPool of three axes': pooling('MaxPool', { kernel_shape: [2, 2, 2] }, [2, 4, 3, 4]),
    'AveragePool of one axis': pooling('AveragePool', { kernel_shape: [3], pads: [1, 1] }, [2, 9]),
    'AveragePool of three axes': pooling('AveragePool', { kernel_shape: [2, 1, 2] }, [2, 4, 3, 4]),
    GlobalAveragePool: pooling('GlobalAveragePool', {}),
    GlobalMaxPool: pooling('GlobalMaxPool', {}),
  });
});

const affine = (
  op: string,
  size: readonly number[],
  attributes: Attributes,
  opset: number,
): ModelParts => ({
  inputs: { x: ['n', 4, 3, 5] },
  opset,
  nodes: [node(op, 'x scale bias', 'y', attributes)],
  weights: [weight('scale', size), weight('bias', size, 2)],
});

describe('normalisations are what the runtime computes:', () => {
  testAgreement({
    'LRN over an odd number of channels': pooling(
      'LRN',
      { size: 3, alpha: { float: 0.7 }, beta: { float: 0.6 }, bias: { float: 2 } },
      [5, 3, 2],
    ),
    'LpPool of order 2': pooling(
      'LpPool',
      { kernel_shape: [2, 3], strides: [1, 2], pads: [1, 0, 0, 1] },
      [4, 5, 6],
      18,
    ),
    'LpPool of order 3, dilated, a last window only begun': pooling(
      'LpPool',
      { kernel_shape: [2, 2], strides: [2, 2], dilations: [2, 1], p: 3, ceil_mode: 1 },
      [2, 6, 7],
      18,
    ),
    'GlobalLpPool of order 1': pooling('GlobalLpPool', { p: 1 }, [3, 4, 5]),
    'LpNormalization of order 2': pooling('LpNormalization', { axis: 1 }, [3, 4, 5]),
    'LpNormalization of order 1': pooling('LpNormalization', { p: 1 }, [3, 4, 5]),
    'MeanVarianceNormalization of each sample': pooling(
      'MeanVarianceNormalization',
      { axes: [1, 2, 3] },
      [3, 4, 5],
    ),
    'the mean that LayerNormalization takes away': {
      inputs: { x: ['n', 4, 5] },
      nodes: [node('LayerNormalization', 'x scale', 'z m d'), node('Mul', 'm d', 'y')],
      weights: [weight('scale', [5])],
    },
    'LRN with what is missing filled in': pooling('LRN', { size: 5 }, [7, 3, 2]),
    InstanceNormalization: affine('InstanceNormalization', [4], { epsilon: { float: 0.01 } }, 17),
    'LayerNormalization over the last axis': affine('LayerNormalization', [5], {}, 17),
    'LayerNormalization over two axes': affine('LayerNormalization', [3, 5], { axis: 2 }, 17),
    'LayerNormalization over a sample': affine(
      'LayerNormalization',
      [4, 3, 5],
      { axis: -3, epsilon: { float: 0.1 } },
      17,
    ),
    'LayerNormalization without bias': {
      ...affine('LayerNormalization', [5], {}, 17),
      nodes: [node('LayerNormalization', 'x scale', 'y')],
    },
    'GroupNormalization, scaled by channel': affine(
      'GroupNormalization',
      [4],
      { num_groups: 2 },
      21,
    ),
    'GroupNormalization of version 18, scaled by group': affine(
      'GroupNormalization',
      [2],
      { num_groups: 2 },
      18,
    ),
    RMSNormalization: {
      inputs: { x: ['n', 4, 5] },
      opset: 23,
      nodes: [node('RMSNormalization', 'x scale', 'y')],
      weights: [weight('scale', [5])],
    },
    BatchNormalization: {
      inputs: { x: ['n', 3, 4, 4] },
      nodes: [
        node('BatchNormalization', 'x scale bias mean variance', 'y', { epsilon: { float: 0.1 } }),
      ],
      weights: [
        weight('scale', [3]),
        weight('bias', [3], 2),
        weight('mean', [3], 3),
        floats('variance', [3], [0.5, 2, 1.25]),
      ],
    },
    'BatchNormalization of vectors': {
      inputs: { x: ['n', 3] },
      nodes: [node('BatchNormalization', 'x scale bias mean variance', 'y')],
      weights: [
        weight('scale', [3]),
        weight('bias', [3], 2),
        weight('mean', [3], 3),
        floats('variance', [3], [0.5, 2, 1.25]),
      ],
    },
  });
});
