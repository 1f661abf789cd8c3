/** @jest-environment ./src/testing/ort-environment.js */
import { expectAgreement, testAgreement, type RunOptions } from '../../testing/against-runtime.js';
import { expectFailure } from '../../testing/failures.js';
import { expectGradient } from '../../testing/jacobian.js';
import { modelFile, node, type Attributes, type ModelParts } from '../../testing/model-file.js';
import { booleans, doubles, floats, integers, weight } from '../../testing/stored-tensors.js';
import { readOnnx } from '../../read-onnx.js';

type Case = ModelParts & { readonly options?: RunOptions };

const inputs = { x: ['n', 3, 4] } as const;
const two = { x: ['n', 3, 4], z: ['n', 1, 4] } as const;
const wide: RunOptions = { change: (value) => 3 * value };
const inside: RunOptions = { change: (value) => Math.tanh(value) * 0.9 };
const above: RunOptions = { change: (value) => Math.abs(value) + 1.1 };

const unary = (op: string, attributes: Attributes = {}, options: RunOptions = {}): Case => ({
  inputs,
  opset: 22,
  nodes: [node(op, 'x', 'y', attributes)],
  options,
});

/** A truth as floats. */
const truth = (op: string, operands: string, more: Partial<Case> = {}): Case => ({
  inputs: operands.includes('z') ? two : inputs,
  opset: 18,
  nodes: [node(op, operands, 't'), node('Cast', 't', 'y', { to: 1 })],
  weights: [weight('c', [3, 1]), booleans('b', [4], [true, false, true, false])],
  ...more,
});

/** Both truths of which a junction is made. */
const junction = (op: string, operands: string): Case =>
  truth(op, operands, {
    inputs: two,
    nodes: [
      node('Greater', 'x c', 'p'),
      node('Less', 'z x', 'q'),
      node(op, operands, 't'),
      node('Cast', 't', 'y', { to: 1 }),
    ],
  });

describe('comparisons and truths are what the runtime computes:', () => {
  testAgreement({
    Equal: truth('Equal', 'x c', {
      weights: [floats('c', [3, 1], [0, 1, -1])],
      options: { change: Math.round },
    }),
    Greater: truth('Greater', 'x z'),
    'Greater than a constant': truth('Greater', 'x c'),
    'Less, a constant first': truth('Less', 'c x'),
    GreaterOrEqual: truth('GreaterOrEqual', 'c x'),
    LessOrEqual: truth('LessOrEqual', 'x z'),
    And: junction('And', 'p q'),
    'And of a constant': junction('And', 'b q'),
    Or: junction('Or', 'p q'),
    Xor: junction('Xor', 'q b'),
    Not: truth('Not', 'p', {
      nodes: [
        node('Greater', 'x c', 'p'),
        node('Not', 'p', 't'),
        node('Cast', 't', 'y', { to: 1 }),
      ],
    }),
    IsNaN: truth('IsNaN', 'l', {
      nodes: [node('Log', 'x', 'l'), node('IsNaN', 'l', 't'), node('Cast', 't', 'y', { to: 1 })],
    }),
    IsInf: truth('IsInf', 'l', {
      nodes: [
        node('Sub', 'x x', 'o'),
        node('Div', 'x o', 'l'),
        node('IsInf', 'l', 't', { detect_negative: 0 }),
        node('Cast', 't', 'y', { to: 1 }),
      ],
    }),
    'Cast to whole numbers and back': {
      inputs,
      nodes: [node('Cast', 'x', 'i', { to: 7 }), node('Cast', 'i', 'y', { to: 1 })],
      options: wide,
    },
    'Cast to a truth': {
      inputs,
      nodes: [
        node('Floor', 'x', 'f'),
        node('Cast', 'f', 't', { to: 9 }),
        node('Cast', 't', 'y', { to: 1 }),
      ],
    },
    'CastLike whole numbers': {
      inputs,
      nodes: [node('CastLike', 'x i', 'c'), node('CastLike', 'c x', 'y')],
      weights: [integers('i', [1])],
      options: wide,
    },
    'Div of whole numbers': {
      inputs,
      nodes: [
        node('Mul', 'x ten', 'm'),
        node('Cast', 'm', 'i', { to: 6 }),
        node('Cast', 'seven', 's', { to: 6 }),
        node('Div', 'i s', 'd'),
        node('Cast', 'd', 'y', { to: 1 }),
      ],
      weights: [floats('ten', [], [20]), integers('seven', [7, -7, 3, 1])],
    },
  });
});

describe('functions are what the runtime computes, and their gradients are the slopes:', () => {
  const smooth: Readonly<Record<string, Case>> = {
    Sin: unary('Sin', {}, wide),
    Cos: unary('Cos', {}, wide),
    Tan: unary('Tan', {}, inside),
    Asin: unary('Asin', {}, inside),
    Acos: unary('Acos', {}, inside),
    Atan: unary('Atan', {}, wide),
    Sinh: unary('Sinh'),
    Cosh: unary('Cosh'),
    Asinh: unary('Asinh', {}, wide),
    Acosh: unary('Acosh', {}, above),
    Atanh: unary('Atanh', {}, inside),
    ThresholdedRelu: unary('ThresholdedRelu', { alpha: { float: 0.5 } }),
    Shrink: unary('Shrink', { lambd: { float: 0.4 }, bias: { float: 0.3 } }),
    'Swish with alpha': { ...unary('Swish', { alpha: { float: 1.7 } }), opset: 24 },
    LpNormalization: unary('LpNormalization', { axis: 1 }),
    'LpNormalization by sizes': unary('LpNormalization', { p: 1 }),
    MeanVarianceNormalization: unary('MeanVarianceNormalization', { axes: [1, 2] }),
    'Mod as the remainder of floats': {
      inputs: two,
      nodes: [node('Mod', 'x z', 'y', { fmod: 1 })],
      options: wide,
    },
    'Where by a computed truth': {
      inputs: two,
      nodes: [node('Greater', 'x z', 'm'), node('Where', 'm x z', 'y')],
    },
    'Where by a computed truth, of a constant': {
      inputs,
      nodes: [node('Less', 'x c', 'm'), node('Where', 'm c x', 'y')],
      weights: [floats('c', [3, 1], [-0.3, 0.2, 0.1])],
    },
    'Clip between computed bounds': {
      inputs: two,
      nodes: [
        node('ReduceMin', 'x', 'low', { keepdims: 0, axes: [1, 2] }),
        node('ReduceMax', 'z', 'high', { keepdims: 0, axes: [1, 2] }),
        node('Unsqueeze', 'low axes', 'l'),
        node('Unsqueeze', 'high axes', 'h'),
        node('Max', 'x l', 'm'),
        node('Min', 'm h', 'y'),
      ],
      weights: [integers('axes', [1, 2])],
    },
    'Max of three, a constant among them': {
      inputs: two,
      nodes: [node('Max', 'x c z', 'y')],
      weights: [weight('c', [3, 4])],
    },
    'Min of two constants': {
      inputs,
      nodes: [node('Min', 'c x d', 'y')],
      weights: [floats('c', [3, 1], [0.4, 0.7, -0.1]), weight('d', [4], 2)],
    },
    'PRelu by a computed slope': { inputs: two, nodes: [node('PRelu', 'x z', 'y')] },
    'a mask with minus infinity before a softmax': {
      inputs,
      nodes: [
        node('Add', 'x mask', 'm'),
        node('Softmax', 'm', 's', { axis: -1 }),
        node('Mul', 's x', 'y'),
      ],
      weights: [
        floats('mask', [3, 4], [0, -Infinity, 0, 0, 0, 0.5, -Infinity, -Infinity, 0, 0, 0, 0]),
      ],
    },
    'minus infinity by a computed truth': {
      inputs,
      nodes: [
        node('Greater', 'x low', 'm'),
        node('Where', 'm x c', 'w'),
        node('Concat', 'w x', 'all', { axis: 2 }),
        node('Softmax', 'all', 's', { axis: -1 }),
        node('Mul', 's s', 'y'),
      ],
      weights: [floats('c', [], [-Infinity]), floats('low', [], [-0.2])],
    },
  };
  testAgreement(smooth);
  testAgreement({
    Floor: unary('Floor', {}, wide),
    Ceil: unary('Ceil', {}, wide),
    Round: unary('Round', {}, { change: (value) => Math.round(4 * value) / 2 }),
    Sign: unary('Sign', {}, { change: Math.round }),
    'LpNormalization of zeros': {
      inputs,
      nodes: [node('Mul', 'x rows', 'm'), node('LpNormalization', 'm', 'y')],
      weights: [floats('rows', [3, 1], [1, 0, -1])],
    },
  });
  test.each(Object.entries(smooth))('the gradient of %s', async (_name, { options, ...parts }) => {
    await expectGradient(parts, options);
  });
});

test('steps say that no gradient passes, and none does', async () => {
  const network = await readOnnx(modelFile({ inputs, nodes: [node('Cast', 'x', 'y', { to: 7 })] }));
  expect(network.changes).toContainEqual(expect.stringContaining('Cast "Cast_y" is constant'));
  await expectAgreement({
    inputs,
    nodes: [node('Floor', 'x', 'f'), node('Add', 'f x', 'y')],
  });
  await expectGradient({ inputs, nodes: [node('Floor', 'x', 'f'), node('Add', 'f x', 'y')] });
});

/** A sum of rank 3 of lists of one number for each sample. */
const raised = (op: string, operands: string, shape: readonly number[]): Case => ({
  inputs: { x: ['n', 4] },
  nodes: [node(op, operands, 'r'), node('Transpose', 'r', 'y', { perm: [1, 0, 2] })],
  weights: [
    weight('c', shape),
    booleans(
      'b',
      [3, 1, 4],
      Array.from({ length: 12 }, (_, at) => at % 3 > 0),
    ),
  ],
});

describe('a constant with more axes than the value that it meets adds axes:', () => {
  testAgreement({
    Add: raised('Add', 'x c', [3, 1, 4]),
    Sub: raised('Sub', 'c x', [3, 1, 4]),
    Mul: raised('Mul', 'c x', [1, 1, 4]),
    Div: raised('Div', 'x c', [3, 1, 1]),
    'Pow of one number': { ...raised('Pow', 'x c', []), weights: [floats('c', [1, 1, 1], [2])] },
    'Max of one number': { ...raised('Max', 'x c', []), weights: [floats('c', [1, 1, 1], [0.2])] },
    Min: raised('Min', 'c x', [3, 1, 4]),
    Sum: raised('Sum', 'x c', [3, 1, 4]),
    Mean: raised('Mean', 'c x x', [3, 1, 4]),
    'Where by a constant': raised('Where', 'b x c', [3, 1, 4]),
    MatMul: {
      inputs: { x: ['n', 4] },
      nodes: [node('MatMul', 'x c', 'r'), node('Transpose', 'r', 'y', { perm: [1, 0, 2] })],
      weights: [weight('c', [1, 4, 2])],
    },
  });
});

describe('what the runtime refuses is refused by name:', () => {
  test('inputs of several types', async () => {
    const parts = {
      inputs,
      nodes: [node('Add', 'x w', 'y')],
      weights: [doubles('w', [4], [1, 2, 3, 4])],
    };
    await expectFailure(readOnnx(modelFile(parts)), 'invalid-file', 'Add_y', 'float and double');
  });

  test('one axis twice', async () => {
    const parts = {
      inputs,
      nodes: [node('ReduceSum', 'x axes', 'y')],
      weights: [integers('axes', [1, 1])],
    };
    await expectFailure(readOnnx(modelFile(parts)), 'invalid-file', 'ReduceSum_y', 'twice');
  });

  test('a dropout in training mode', async () => {
    const parts = {
      inputs,
      nodes: [node('Dropout', 'x ratio train', 'y')],
      weights: [floats('ratio', [], [0.5]), booleans('train', [], [true])],
    };
    const failing = readOnnx(modelFile(parts));
    await expectFailure(failing, 'unsupported-operation', 'Dropout_y', 'training');
  });
});
