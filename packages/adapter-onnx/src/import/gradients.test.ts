/** @jest-environment ./src/testing/ort-environment.js */
import type { RunOptions } from '../testing/against-runtime.js';
import { expectGradient } from '../testing/jacobian.js';
import { node, type Attributes, type ModelParts } from '../testing/model-file.js';
import { booleans, floats, integers, weight } from '../testing/stored-tensors.js';

type Case = ModelParts & { readonly options?: RunOptions };

const inputs = { x: ['n', 3, 4] } as const;
const image = { x: ['n', 2, 5, 4] } as const;
const positive: RunOptions = { change: (value) => Math.abs(value) + 0.25 };
const wide: RunOptions = { change: (value) => 3 * value };

const unary = (op: string, attributes: Attributes = {}, options: RunOptions = {}): Case => ({
  inputs,
  opset: 22,
  nodes: [node(op, 'x', 'y', attributes)],
  options,
});
const spatial = (op: string, attributes: Attributes = {}): Case => ({
  inputs: image,
  opset: 18,
  nodes: [node(op, 'x', 'y', attributes)],
});
const two = (op: string, options: RunOptions = {}): Case => ({
  inputs: { x: ['n', 3, 4], z: ['n', 1, 4] },
  nodes: [node(op, 'x z', 'y')],
  options,
});
const withConstant = (
  op: string,
  operands: string,
  values: readonly number[],
  options: RunOptions = {},
): Case => ({
  inputs,
  nodes: [node(op, operands, 'y')],
  weights: [floats('c', [values.length], values)],
  options,
});
const withList = (
  op: string,
  lists: readonly (readonly number[])[],
  attributes: Attributes = {},
): Case => ({
  inputs: image,
  opset: 18,
  nodes: [node(op, ['x', ...lists.map((_, at) => `list${at}`)].join(' '), 'y', attributes)],
  weights: lists.map((list, at) => integers(`list${at}`, list)),
});
const resized = (mode: string): Case => ({
  inputs: image,
  nodes: [node('Resize', 'x - scales', 'y', { mode })],
  weights: [floats('scales', [4], [1, 1, 2, 1.5])],
});
const affine = (
  op: string,
  size: readonly number[],
  attributes: Attributes,
  opset: number,
): Case => ({
  inputs: image,
  opset,
  nodes: [node(op, 'x scale bias', 'y', attributes)],
  weights: [weight('scale', size), weight('bias', size, 2)],
});

/** A constant of more rows than the value that it meets. */
const widened = (op: string, operands: string, options: RunOptions = {}): Case => ({
  inputs: { x: ['n', 1, 4] },
  nodes: [node(op, operands, 'y')],
  weights: [weight('c', [3, 4]), booleans('mask', [3, 1], [true, false, true])],
  options,
});

const cases: Readonly<Record<string, Case>> = {
  'Add of a constant that widens': widened('Add', 'x c'),
  'Sub from a constant that widens': widened('Sub', 'c x'),
  'Mul by a constant that widens': widened('Mul', 'x c'),
  'Div of a constant that widens': widened('Div', 'c x', positive),
  'Pow of constants that widen': widened('Pow', 'x c', positive),
  'Where with a constant that widens': widened('Where', 'mask x c'),
  Relu: unary('Relu'),
  'Sigmoid that is not the last layer': {
    inputs,
    nodes: [node('Sigmoid', 'x', 's'), node('Neg', 's', 'y')],
  },
  Tanh: unary('Tanh'),
  Softplus: unary('Softplus'),
  Softsign: unary('Softsign'),
  HardSwish: unary('HardSwish', {}, wide),
  Mish: unary('Mish'),
  LeakyRelu: unary('LeakyRelu', { alpha: { float: 0.3 } }),
  Elu: unary('Elu', { alpha: { float: 0.7 } }),
  Celu: unary('Celu', { alpha: { float: 0.7 } }),
  Selu: unary('Selu'),
  HardSigmoid: unary('HardSigmoid', {}, wide),
  Gelu: unary('Gelu'),
  'Gelu, approximated': unary('Gelu', { approximate: 'tanh' }),
  Swish: unary('Swish'),
  Abs: unary('Abs'),
  Exp: unary('Exp'),
  Log: unary('Log', {}, positive),
  Sqrt: unary('Sqrt', {}, positive),
  Erf: unary('Erf'),
  Reciprocal: unary('Reciprocal', {}, positive),
  Neg: unary('Neg'),
  PRelu: {
    inputs,
    nodes: [node('PRelu', 'x c', 'y')],
    weights: [weight('c', [3, 1])],
  },
  Clip: { ...unary('Clip', { min: { float: -0.5 }, max: { float: 0.75 } }), opset: 9 },
  'Softmax that is not the last layer': {
    inputs,
    nodes: [node('Softmax', 'x', 's'), node('Neg', 's', 'y')],
  },
  'Softmax over several axes': {
    inputs,
    opset: 11,
    nodes: [node('Softmax', 'x', 's'), node('Neg', 's', 'y')],
  },
  'LogSoftmax that is not the last layer': {
    inputs,
    nodes: [node('LogSoftmax', 'x', 's', { axis: 1 }), node('Neg', 's', 'y')],
  },
  'Add of two values': two('Add'),
  'Sub of two values': two('Sub'),
  'Mul of two values': two('Mul'),
  'Div of two values': two('Div', positive),
  'Pow of two values': two('Pow', positive),
  'Max of two values': two('Max'),
  'Min of two values': two('Min'),
  'Mean of two values': two('Mean'),
  'Sum of two values': two('Sum'),
  'Pow of a constant exponent': withConstant('Pow', 'x c', [1.5], positive),
  'Pow of 2': withConstant('Pow', 'x c', [2]),
  'Pow of 3': withConstant('Pow', 'x c', [3]),
  'Pow of a constant base': withConstant('Pow', 'c x', [2, 0.5, 1.5, 3]),
  'Div of a constant': withConstant('Div', 'c x', [2, 0.5, 1.5, 3], positive),
  'Sub from a constant': withConstant('Sub', 'c x', [2, 0.5, 1.5, 3]),
  'Max of a value and a number': withConstant('Max', 'x c', [0.25]),
  Where: {
    inputs,
    nodes: [node('Where', 'mask x c', 'y')],
    weights: [booleans('mask', [4], [true, false, true, true]), weight('c', [4])],
  },
  'MatMul of two values': {
    inputs,
    nodes: [node('Transpose', 'x', 't', { perm: [0, 2, 1] }), node('MatMul', 'x t', 'y')],
  },
  'Gemm whose bias is computed': {
    inputs: { x: ['n', 3], z: ['n', 2] },
    nodes: [node('Gemm', 'x w z', 'y', { beta: { float: 2 } })],
    weights: [weight('w', [3, 2])],
  },
  ReduceMean: withList('ReduceMean', [[2]], { keepdims: 0 }),
  ReduceSum: withList('ReduceSum', [[1, 3]]),
  ReduceMax: withList('ReduceMax', [[2, 3]], { keepdims: 0 }),
  ReduceSumSquare: withList('ReduceSumSquare', [[1]]),
  ReduceL2: withList('ReduceL2', [[1, 2]]),
  'DepthToSpace of channels': {
    inputs: { x: ['n', 4, 2, 2] },
    nodes: [node('DepthToSpace', 'x', 'y', { blocksize: 2, mode: 'CRD' })],
  },
  SpaceToDepth: { ...spatial('SpaceToDepth', { blocksize: 2 }), inputs: { x: ['n', 2, 4, 4] } },
  'Slice in steps': withList('Slice', [
    [0, 1],
    [5, 4],
    [2, 3],
    [2, 2],
  ]),
  'Slice backwards': withList('Slice', [[-1], [-100], [2], [-2]]),
  'Gather with one entry twice': withList('Gather', [[1, 1, 3]], { axis: 2 }),
  Tile: withList('Tile', [[1, 2, 1, 2]]),
  'Pad, constant': withList('Pad', [[0, 0, 1, 2, 0, 0, 0, 1]]),
  'Pad, reflected': withList('Pad', [[0, 0, 2, 1, 0, 0, 3, 0]], { mode: 'reflect' }),
  'Pad, of edges': withList('Pad', [[0, 1, 2, 1, 0, 0, 3, 0]], { mode: 'edge' }),
  'Pad, negative': withList('Pad', [[0, 0, -1, 2, 0, 0, 1, -1]]),
  Expand: {
    inputs: { x: ['n', 1, 3] },
    nodes: [node('Expand', 'x shape', 'y')],
    weights: [integers('shape', [1, 4, 1])],
  },
  Concat: {
    inputs: { x: ['n', 3, 4], z: ['n', 2, 4] },
    nodes: [node('Concat', 'z x z', 'y', { axis: 1 })],
  },
  'Resize to the nearest': resized('nearest'),
  'Resize, linear': resized('linear'),
  'Resize, cubic': resized('cubic'),
  LRN: { ...spatial('LRN', { size: 3, alpha: { float: 0.7 } }), inputs: { x: ['n', 5, 2, 2] } },
  InstanceNormalization: affine('InstanceNormalization', [2], {}, 17),
  LayerNormalization: affine('LayerNormalization', [5, 4], { axis: 2 }, 17),
  GroupNormalization: affine('GroupNormalization', [2], { num_groups: 1 }, 21),
  MaxPool: spatial('MaxPool', { kernel_shape: [3, 2], strides: [2, 1], pads: [1, 0, 1, 1] }),
  AveragePool: spatial('AveragePool', {
    kernel_shape: [3, 2],
    strides: [2, 2],
    pads: [1, 0, 1, 1],
    ceil_mode: 1,
  }),
  GlobalAveragePool: spatial('GlobalAveragePool'),
  GlobalMaxPool: spatial('GlobalMaxPool'),
  Conv: {
    inputs: image,
    nodes: [node('Conv', 'x w', 'y', { strides: [2, 1], pads: [1, 0, 0, 1], dilations: [1, 2] })],
    weights: [weight('w', [3, 2, 3, 2])],
  },
  ConvTranspose: {
    inputs: image,
    nodes: [
      node('ConvTranspose', 'x w', 'y', {
        strides: [2, 1],
        pads: [1, 0, 0, 1],
        output_padding: [1, 0],
      }),
    ],
    weights: [weight('w', [2, 3, 3, 2])],
  },
};

describe('the gradient is the slope of the forward pass, through', () => {
  test.each(Object.entries(cases))('%s', async (_name, { options, ...parts }) => {
    await expectGradient(parts, options);
  });
});
