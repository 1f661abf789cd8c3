import { testRefusals } from '../testing/failures.js';
import { node } from '../testing/model-file.js';
import { integers, weight } from '../testing/stored-tensors.js';

const inputs = { x: ['n', 4] } as const;
const image = { x: ['n', 3, 8, 8] } as const;

describe('a graph that does not hang together is refused:', () => {
  testRefusals([
    [
      'a value that nothing makes',
      { inputs, nodes: [node('Add', 'x lost', 'y', {}, { name: 'sum' })] },
      'invalid-file',
      'Add "sum"',
      '"lost"',
    ],
    [
      'an output that nothing makes',
      { inputs, outputs: 'lost', nodes: [node('Neg', 'x', 'y')] },
      'invalid-file',
      '"lost"',
    ],
    [
      'a cycle',
      {
        inputs,
        nodes: [node('Add', 'x b', 'a'), node('Neg', 'a', 'b'), node('Neg', 'b', 'y')],
      },
      'invalid-file',
      'cycle',
      'Add "Add_a"',
      'Neg "Neg_b"',
    ],
    [
      'a node that reads itself',
      { inputs, nodes: [node('Add', 'x y', 'y')] },
      'invalid-file',
      'cycle',
      'Add_y',
    ],
    [
      'a value that is made twice',
      { inputs, nodes: [node('Neg', 'x', 'y'), node('Exp', 'x', 'y')] },
      'invalid-file',
      '"y" is made twice',
    ],
    [
      'a constant that is made twice',
      {
        inputs,
        nodes: [node('MatMul', 'x w', 'y')],
        weights: [weight('w', [4, 2]), weight('w', [4, 3])],
      },
      'invalid-file',
      '"w" is made twice',
    ],
    [
      'an input that a node makes again',
      { inputs, nodes: [node('Neg', 'x', 'x'), node('Neg', 'x', 'y')] },
      'invalid-file',
      '"x" is made twice',
    ],
    [
      'an output that is a constant',
      { inputs, nodes: [node('Identity', 'w', 'y')], weights: [weight('w', [4])] },
      'invalid-file',
      '"y" is a constant',
    ],
    [
      'a second output that is read',
      {
        inputs,
        nodes: [node('Dropout', 'x', 'd mask'), node('Where', 'mask d x', 'y')],
      },
      'unsupported-operation',
      'Dropout_d',
      '"mask"',
    ],
    [
      'a node without the input that it needs',
      { inputs, nodes: [node('MatMul', 'x', 'y')] },
      'invalid-file',
      'MatMul_y',
      'input 1',
    ],
  ]);
});

describe('shapes that do not agree are refused:', () => {
  testRefusals([
    [
      'channels of a convolution',
      { inputs: image, nodes: [node('Conv', 'x w', 'y')], weights: [weight('w', [2, 4, 3, 3])] },
      'invalid-file',
      'Conv_y',
      '[2, 4, 3, 3]',
      '3 channels',
    ],
    [
      'groups of a convolution',
      {
        inputs: image,
        nodes: [node('Conv', 'x w', 'y', { group: 3 })],
        weights: [weight('w', [4, 1, 3, 3])],
      },
      'invalid-file',
      'Conv_y',
      '3 groups',
    ],
    [
      'axes of a kernel',
      { inputs: image, nodes: [node('Conv', 'x w', 'y')], weights: [weight('w', [2, 3, 3])] },
      'invalid-file',
      'Conv_y',
      'spatial axes',
    ],
    [
      'the bias of a convolution',
      {
        inputs: image,
        nodes: [node('Conv', 'x w b', 'y')],
        weights: [weight('w', [2, 3, 3, 3]), weight('b', [3])],
      },
      'invalid-file',
      'Conv_y',
      '3 values for 2 channels',
    ],
    [
      'kernel_shape and weights',
      {
        inputs: image,
        nodes: [node('Conv', 'x w', 'y', { kernel_shape: [5, 5] })],
        weights: [weight('w', [2, 3, 3, 3])],
      },
      'invalid-file',
      'Conv_y',
      '[5, 5]',
    ],
    [
      'inputs of a dense layer',
      { inputs, nodes: [node('Gemm', 'x w', 'y')], weights: [weight('w', [5, 2])] },
      'invalid-file',
      'Gemm_y',
      '5 inputs',
    ],
    [
      'inputs of a matrix product',
      { inputs, nodes: [node('MatMul', 'x w', 'y')], weights: [weight('w', [5, 2])] },
      'invalid-file',
      'MatMul_y',
      '5 inputs',
    ],
    [
      'the bias of a dense layer',
      {
        inputs,
        nodes: [node('Gemm', 'x w b', 'y')],
        weights: [weight('w', [4, 2]), weight('b', [3])],
      },
      'unsupported-operation',
      'Gemm_y',
      'bias of shape [3]',
    ],
    [
      'terms of a sum',
      { inputs, nodes: [node('Add', 'x w', 'y')], weights: [weight('w', [3])] },
      'invalid-shape',
      'Add_y',
      '[N, 4] and [3]',
    ],
    [
      'values of a sum',
      { inputs: { x: ['n', 4], z: ['n', 3] }, nodes: [node('Add', 'x z', 'y')] },
      'invalid-shape',
      'Add_y',
      '[N, 4] and [N, 3]',
    ],
    [
      'constants of a sum',
      {
        inputs,
        nodes: [node('Add', 'a b', 'c'), node('Add', 'x c', 'y')],
        weights: [weight('a', [3]), weight('b', [4])],
      },
      'invalid-shape',
      'Add_c',
      '[3] and [4]',
    ],
    [
      'a reshape that loses values',
      { inputs, nodes: [node('Reshape', 'x s', 'y')], weights: [integers('s', [-1, 3])] },
      'unsupported-operation',
      'Reshape_y',
      '[N, 4]',
      '[-1, 3]',
    ],
    [
      'a reshape to negative sizes',
      { inputs, nodes: [node('Reshape', 'x s', 'y')], weights: [integers('s', [0, -2, -2])] },
      'invalid-file',
      'Reshape_y',
      '-2',
    ],
    [
      'a reshape that copies an axis which is not there',
      { inputs, nodes: [node('Reshape', 'x s', 'y')], weights: [integers('s', [0, 4, 0])] },
      'invalid-file',
      'Reshape_y',
      'axis 2',
    ],
    [
      'an expansion to another size',
      { inputs, nodes: [node('Expand', 'x s', 'y')], weights: [integers('s', [1, 7])] },
      'invalid-file',
      'Expand_y',
      '[N, 4]',
    ],
    [
      'parts of a split',
      {
        inputs,
        nodes: [node('Split', 'x s', 'y z', { axis: 1 })],
        weights: [integers('s', [1, 2])],
      },
      'invalid-file',
      'Split_y',
      '1, 2',
    ],
    [
      'statistics of a batch normalisation',
      {
        inputs: image,
        nodes: [node('BatchNormalization', 'x w w w w', 'y')],
        weights: [weight('w', [4])],
      },
      'invalid-file',
      'BatchNormalization_y',
      '4 values for 3 channels',
    ],
    [
      'a constant that is joined',
      {
        inputs: image,
        nodes: [node('Concat', 'x w', 'y', { axis: 1 })],
        weights: [weight('w', [1, 3, 8, 7])],
      },
      'invalid-file',
      'Concat_y',
      '[1, 3, 8, 7]',
    ],
    [
      'constants that are joined',
      {
        inputs,
        nodes: [node('Concat', 'a b', 'c', { axis: 0 }), node('Add', 'x c', 'y')],
        weights: [weight('a', [3, 2]), weight('b', [1, 3])],
      },
      'invalid-file',
      'Concat_c',
      '[3, 2] and [1, 3]',
    ],
    [
      'an axis that is not there',
      { inputs, nodes: [node('Softmax', 'x', 'y', { axis: 5 })] },
      'invalid-file',
      'Softmax_y',
      'axis 5',
    ],
    [
      'an index that is not there',
      {
        inputs,
        nodes: [node('Gather', 'x at', 'y', { axis: 1 })],
        weights: [integers('at', [4])],
      },
      'invalid-file',
      'Gather_y',
      'index 4',
    ],
    [
      'a permutation that is none',
      { inputs: image, nodes: [node('Transpose', 'x', 'y', { perm: [0, 1, 1, 3] })] },
      'invalid-file',
      'Transpose_y',
      '[0, 1, 1, 3]',
    ],
    [
      'channels that make no blocks',
      { inputs: image, nodes: [node('DepthToSpace', 'x', 'y', { blocksize: 2 })] },
      'invalid-file',
      'DepthToSpace_y',
      '3 channels',
    ],
    [
      'pads for another number of axes',
      { inputs: image, nodes: [node('Pad', 'x p', 'y')], weights: [integers('p', [0, 1, 1, 0])] },
      'invalid-file',
      'Pad_y',
      '[0, 1, 1, 0]',
    ],
  ]);
});

describe('what mixes the samples of a batch is refused:', () => {
  testRefusals([
    [
      'a softmax over the batch',
      { inputs, nodes: [node('Softmax', 'x', 'y', { axis: 0 })] },
      'unsupported-operation',
      'Softmax_y',
      'batch',
    ],
    [
      'an old softmax over everything',
      { inputs, opset: 11, nodes: [node('Softmax', 'x', 'y', { axis: 0 })] },
      'unsupported-operation',
      'Softmax_y',
      'batch',
    ],
    [
      'a mean over the batch',
      { inputs, nodes: [node('ReduceMean', 'x', 'y', { axes: [0] })] },
      'unsupported-operation',
      'ReduceMean_y',
      'batch',
    ],
    [
      'a mean over everything',
      { inputs, nodes: [node('ReduceMean', 'x', 'y')] },
      'unsupported-operation',
      'ReduceMean_y',
      'batch',
    ],
    [
      'a product along a batch that a transpose moved',
      {
        inputs,
        nodes: [node('Transpose', 'x', 't', { perm: [1, 0] }), node('MatMul', 't w', 'y')],
        weights: [weight('w', [4, 2])],
      },
      'unsupported-operation',
      'MatMul_y',
      'batch',
    ],
    [
      'a reshape that moves samples together',
      {
        inputs,
        nodes: [node('Transpose', 'x', 't', { perm: [1, 0] }), node('Reshape', 't s', 'y')],
        weights: [integers('s', [-1, 4])],
      },
      'unsupported-operation',
      'Reshape_y',
      'samples',
    ],
    [
      'parts of samples that were taken for samples of others',
      {
        inputs: { x: ['n', 3, 4] },
        nodes: [
          node('Transpose', 'x', 't', { perm: [1, 0, 2] }),
          node('Reshape', 't s', 'r'),
          node('Reshape', 'x s', 'q'),
          node('Add', 'q r', 'y'),
        ],
        weights: [integers('s', [-1, 4])],
      },
      'unsupported-operation',
      'Add_y',
      'samples',
    ],
    [
      'a convolution over the batch',
      {
        inputs: { x: ['n', 3, 8, 8] },
        nodes: [node('Transpose', 'x', 't', { perm: [1, 0, 2, 3] }), node('Conv', 't w', 'y')],
        weights: [weight('w', [2, 3, 3, 3])],
      },
      'unsupported-operation',
      'Conv_y',
      'batch',
    ],
    [
      'a sum of every sample with every other',
      {
        inputs: { x: ['n', 4], z: ['n', 1, 4] },
        nodes: [node('Add', 'z x', 'y')],
      },
      'unsupported-operation',
      'Add_y',
      '[N, N, 4]',
    ],
    [
      'steps of samples that are joined with others',
      {
        inputs: { x: ['n', 3, 4], z: ['n', 4] },
        nodes: [node('Reshape', 'x s', 'r'), node('Concat', 'r z', 'y', { axis: 0 })],
        weights: [integers('s', [-1, 4])],
      },
      'unsupported-operation',
      'Concat_y',
      'batch',
    ],
    [
      'samples that are picked',
      { inputs, nodes: [node('Gather', 'x at', 'y')], weights: [integers('at', [0])] },
      'unsupported-operation',
      'Gather_y',
      'batch',
    ],
    [
      'samples that are cut off',
      {
        inputs,
        nodes: [node('Slice', 'x a b', 'y')],
        weights: [integers('a', [0]), integers('b', [1])],
      },
      'unsupported-operation',
      'Slice_y',
      'batch',
    ],
    [
      'samples that are added',
      { inputs, nodes: [node('Pad', 'x p', 'y')], weights: [integers('p', [1, 0, 0, 0])] },
      'unsupported-operation',
      'Pad_y',
      'batch',
    ],
    [
      'a constant for each sample',
      { inputs, nodes: [node('Add', 'x w', 'y')], weights: [weight('w', [2, 4])] },
      'unsupported-operation',
      'Add_y',
      'batch',
    ],
  ]);
});

describe('a cast to numbers of few bits is refused:', () => {
  testRefusals([
    [
      'float8 of computed values',
      { inputs, nodes: [node('Cast', 'x', 'f', { to: 17 }), node('Cast', 'f', 'y', { to: 1 })] },
      'unsupported-operation',
      'Cast',
      'float8e4m3fn, which holds 253 numbers',
    ],
    [
      'int4 of stored numbers that it does not hold',
      {
        inputs,
        nodes: [
          node('Cast', 'w', 'i', { to: 22 }),
          node('Cast', 'i', 'f', { to: 1 }),
          node('Mul', 'x f', 'y'),
        ],
        weights: [integers('w', [9])],
      },
      'unsupported-operation',
      'int4, which holds 16 numbers',
    ],
  ]);
});
