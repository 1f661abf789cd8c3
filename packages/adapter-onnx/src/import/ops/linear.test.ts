/** @jest-environment ./src/testing/ort-environment.js */
import { expectAgreement, testAgreement } from '../../testing/against-runtime.js';
import { node, type Attributes, type ModelParts } from '../../testing/model-file.js';
import { integers, weight } from '../../testing/stored-tensors.js';

interface Filter {
  readonly input: readonly number[];
  readonly weights: readonly number[];
  readonly bias?: number;
}

const filtering = (
  op: string,
  { input, weights, bias }: Filter,
  attributes: Attributes,
): ModelParts => ({
  inputs: { x: ['n', ...input] },
  nodes: [node(op, bias === undefined ? 'x w' : 'x w b', 'y', attributes)],
  weights: [weight('w', weights), ...(bias === undefined ? [] : [weight('b', [bias], 2)])],
});

const plain: Filter = { input: [3, 7, 8], weights: [4, 3, 3, 2], bias: 4 };
const conv = (attributes: Attributes, filter: Filter = plain): ModelParts =>
  filtering('Conv', filter, attributes);

describe('a convolution is what the runtime computes:', () => {
  testAgreement({
    'without attributes': conv({}),
    'without bias': conv({}, { input: [3, 7, 8], weights: [4, 3, 3, 2] }),
    'asymmetric pads': conv({ pads: [0, 2, 1, 0] }),
    'strides and dilations': conv({ strides: [2, 1], dilations: [1, 3], pads: [1, 1, 1, 1] }),
    groups: conv({ group: 2 }, { input: [4, 5, 5], weights: [6, 2, 3, 3], bias: 6 }),
    depthwise: conv({ group: 3, pads: [1, 1, 1, 1] }, { input: [3, 5, 5], weights: [6, 1, 3, 3] }),
    'auto_pad SAME_UPPER': conv({ auto_pad: 'SAME_UPPER', strides: [2, 2] }),
    'auto_pad SAME_LOWER': conv({ auto_pad: 'SAME_LOWER', strides: [2, 3] }),
    'auto_pad VALID': conv({ auto_pad: 'VALID', strides: [2, 2] }),
    'one spatial axis': conv({ pads: [2, 1], strides: [2] }, { input: [3, 9], weights: [2, 3, 4] }),
    'three spatial axes': conv(
      { pads: [1, 0, 0, 0, 1, 0] },
      { input: [2, 4, 5, 4], weights: [3, 2, 2, 3, 2], bias: 3 },
    ),
    'kernel_shape given too': conv({ kernel_shape: [3, 2] }),
  });
});

const wide: Filter = { input: [3, 4, 5], weights: [3, 2, 3, 4], bias: 2 };
const transposed = (attributes: Attributes, filter: Filter = wide): ModelParts =>
  filtering('ConvTranspose', filter, attributes);

describe('a transposed convolution is what the runtime computes:', () => {
  testAgreement({
    'without attributes': transposed({}),
    'pads and strides': transposed({ pads: [1, 0, 0, 2], strides: [2, 3] }),
    output_padding: transposed({ strides: [2, 3], output_padding: [1, 2], pads: [1, 1, 1, 1] }),
    'output_padding without pads': transposed({ strides: [2, 3], output_padding: [1, 1] }),
    dilations: transposed({ dilations: [2, 2], strides: [2, 1] }),
    groups: transposed(
      { group: 2, strides: [2, 2] },
      { input: [4, 3, 3], weights: [4, 3, 2, 2], bias: 6 },
    ),
    output_shape: transposed({ output_shape: [7, 8], strides: [2, 2] }),
    'output_shape of an odd difference, upper': transposed({
      output_shape: [8, 11],
      strides: [2, 2],
      auto_pad: 'SAME_UPPER',
    }),
    'output_shape of an odd difference, lower': transposed({
      output_shape: [8, 11],
      strides: [2, 2],
      auto_pad: 'SAME_LOWER',
    }),
    'auto_pad SAME_UPPER': transposed({ auto_pad: 'SAME_UPPER', strides: [2, 3] }),
    'auto_pad SAME_LOWER': transposed({ auto_pad: 'SAME_LOWER', strides: [2, 3] }),
    'output_shape beyond the reach of the windows': transposed({
      output_shape: [10, 12],
      strides: [2, 2],
    }),
    'auto_pad SAME_UPPER with strides beyond the kernel': transposed({
      auto_pad: 'SAME_UPPER',
      strides: [4, 3],
    }),
    'auto_pad VALID': transposed({ auto_pad: 'VALID', strides: [2, 2] }),
    'one spatial axis': transposed(
      { strides: [2], pads: [1, 0] },
      { input: [2, 5], weights: [2, 3, 3] },
    ),
  });

  test('its output has the shape that is asked for', async () => {
    const { shape } = await expectAgreement(transposed({ output_shape: [7, 8], strides: [2, 2] }));
    expect(shape).toEqual([2, 2, 7, 8]);
  });
});

const gemm = (
  attributes: Attributes,
  weights: readonly number[],
  bias?: readonly number[],
): ModelParts => ({
  inputs: { x: ['n', 5] },
  nodes: [node('Gemm', bias ? 'x w b' : 'x w', 'y', attributes)],
  weights: [weight('w', weights), ...(bias ? [weight('b', bias, 2)] : [])],
});

describe('a matrix product is what the runtime computes:', () => {
  testAgreement({
    'Gemm without bias': gemm({}, [5, 3]),
    'Gemm with transposed weights and a bias': gemm({ transB: 1 }, [3, 5], [3]),
    'Gemm with alpha and beta': gemm(
      { alpha: { float: 0.5 }, beta: { float: -2 }, transB: 1 },
      [3, 5],
      [3],
    ),
    'Gemm with one number as bias': gemm({ beta: { float: 3 } }, [5, 3], []),
    'Gemm with a bias of a row': gemm({}, [5, 3], [1, 3]),
    'Gemm with a bias of one entry': gemm({}, [5, 3], [1, 1]),
    'Gemm of two values': {
      inputs: { x: [1, 5], z: [1, 5] },
      nodes: [
        node('Reshape', 'x column', 'c'),
        node('MatMul', 'c row', 'm'),
        node('ReduceSum', 'm axes', 's', { keepdims: 0 }),
        node('Gemm', 's w z', 'y', { beta: { float: 2 }, transB: 1 }),
      ],
      weights: [
        weight('row', [1, 5]),
        weight('w', [5, 5], 3),
        integers('axes', [1]),
        integers('column', [0, 5, 1]),
      ],
    },
    'MatMul and Add over sequences': {
      inputs: { x: ['n', 6, 5] },
      nodes: [node('MatMul', 'x w', 'm'), node('Add', 'b m', 'y')],
      weights: [weight('w', [5, 4]), weight('b', [4], 2)],
    },
    'MatMul of two values': {
      inputs: { x: ['n', 2, 3, 5] },
      nodes: [node('Transpose', 'x', 't', { perm: [0, 1, 3, 2] }), node('MatMul', 'x t', 'y')],
    },
    'two nodes that share their weights': {
      inputs: { x: ['n', 5] },
      nodes: [node('Gemm', 'x w b', 'a'), node('Relu', 'a', 'r'), node('Gemm', 'r w b', 'y')],
      weights: [weight('w', [5, 5]), weight('b', [5], 2)],
    },
  });
});
