/** @jest-environment ./src/testing/ort-environment.js */
import { TensorProto_DataType as DataType, type NodeProto, type TensorProto } from 'onnx-buf';
import { testAgreement } from '../../testing/against-runtime.js';
import { node, type Attributes, type ModelParts } from '../../testing/model-file.js';
import { booleans, floats, integers, normalNumbers, weight } from '../../testing/stored-tensors.js';

/** A model that adds a computed constant to its input, broadcasting the one to the other. */
const adding = (nodes: readonly NodeProto[], weights: readonly TensorProto[]): ModelParts => ({
  inputs: { x: ['n', 3, 4] },
  opset: 18,
  nodes: [...nodes, node('Cast', 'c', 'f', { to: DataType.FLOAT }), node('Add', 'x f', 'y')],
  weights,
});
const of = (op: string, weights: readonly TensorProto[], attributes: Attributes = {}): ModelParts =>
  adding([node(op, weights.map(({ name }) => name).join(' '), 'c', attributes)], weights);

const MIXED = [-7, 7, -6, 5];
const a = floats('a', [3, 4], normalNumbers(12, 1));
const b = floats('b', [4], normalNumbers(4, 2));
const positive = floats(
  'p',
  [3, 4],
  normalNumbers(12, 3).map((value) => Math.abs(value) + 0.1),
);
const whole = integers('i', MIXED);
const divisors = integers('j', [2, -2, 4, 3]);
const yes = booleans('t', [4], [true, false, true, false]);
const no = booleans('u', [4], [true, true, false, false]);

describe('what is known when the file is read is computed as the runtime computes it:', () => {
  testAgreement({
    ...Object.fromEntries(
      ['Add', 'Sub', 'Mul', 'Div', 'Max', 'Min', 'Sum'].map((op) => [op, of(op, [a, b])]),
    ),
    ...Object.fromEntries(
      ['Neg', 'Abs', 'Floor', 'Ceil', 'Exp', 'Sign'].map((op) => [op, of(op, [a])]),
    ),
    ...Object.fromEntries(['Sqrt', 'Log', 'Reciprocal'].map((op) => [op, of(op, [positive])])),
    ...Object.fromEntries(
      ['Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual'].map((op) => [
        `${op} of whole numbers`,
        of(op, [whole, integers('j', [-7, 2, -8, 6])]),
      ]),
    ),
    Pow: of('Pow', [positive, b]),
    And: of('And', [yes, no]),
    Or: of('Or', [yes, no]),
    Not: of('Not', [yes]),
    'Div of whole numbers, which cuts': of('Div', [whole, divisors]),
    'Mod of whole numbers, which has the sign of the divisor': of('Mod', [whole, divisors]),
    'Mod as C has it': of('Mod', [whole, divisors], { fmod: 1 }),
    'Mod of floats': of('Mod', [a, b], { fmod: 1 }),
    Where: of('Where', [yes, a, b]),
    'Cast to whole numbers, which cuts': adding(
      [node('Cast', 'big', 'c', { to: DataType.INT64 })],
      [floats('big', [4], [-2.7, 2.7, 0.2, -0.9])],
    ),
    'Cast to truth': of('Cast', [floats('z', [4], [0, 2, -1, 0])], { to: DataType.BOOL }),
    Gather: of('Gather', [a, integers('at', [2, -3, 0])]),
    'Gather of another axis': of('Gather', [a, integers('at', [1, 0, -1, 2])], { axis: 1 }),
    Concat: of('Concat', [weight('r', [1, 4]), weight('s', [2, 4], 2)], { axis: 0 }),
    'Concat of the last axis': of('Concat', [weight('r', [3, 1]), weight('s', [3, 3], 2)], {
      axis: -1,
    }),
    Unsqueeze: of('Unsqueeze', [weight('r', [3]), integers('axes', [-1])]),
    Squeeze: of('Squeeze', [weight('r', [3, 1, 1]), integers('axes', [2])]),
    Slice: of('Slice', [
      weight('r', [5, 9]),
      integers('from', [1, -1]),
      integers('to', [4, 0]),
      integers('axes', [0, 1]),
      integers('steps', [1, -2]),
    ]),
    Expand: of('Expand', [weight('r', [3, 1]), integers('shape', [3, 4])]),
    Tile: of('Tile', [weight('r', [1, 2]), integers('times', [3, 2])]),
    Transpose: of('Transpose', [weight('r', [4, 3])]),
    Reshape: of('Reshape', [weight('r', [2, 6]), integers('shape', [-1, 4])]),
    Flatten: of('Flatten', [weight('r', [3, 2, 2])]),
    'Flatten in front of the first axis': of('Flatten', [weight('r', [2, 2])], { axis: 0 }),
    ConstantOfShape: of('ConstantOfShape', [integers('shape', [3, 4])], {
      value: { tensor: integers('', [-3]) },
    }),
    Range: of('Range', [
      integers('from', [5], []),
      integers('to', [-2], []),
      integers('by', [-2], []),
    ]),
    'Range of floats': of('Range', [
      floats('from', [], [0.5]),
      floats('to', [], [2.2]),
      floats('by', [], [0.5]),
    ]),
    ...Object.fromEntries(
      ['ReduceProd', 'ReduceSum', 'ReduceMax', 'ReduceMin'].map((op) => [op, of(op, [whole])]),
    ),
    'ReduceSum of floats, whose share is no whole number': adding(
      [
        node('ReduceSum', 'b', 's', { keepdims: 0 }),
        node('ReduceMax', 'b', 'm'),
        node('Div', 'm s', 'c'),
      ],
      [b],
    ),
    Shape: of('Shape', [weight('r', [3, 5, 2, 7])]),
    'Shape of a part of the axes': of('Shape', [weight('r', [3, 5, 2, 7])], { start: -3, end: -2 }),
    Size: of('Size', [weight('r', [3, 5])]),
    Identity: of('Identity', [b]),
    CastLike: of('CastLike', [whole, b]),
  });
});

describe('what has no folder is computed by the layers that it becomes:', () => {
  const matrix = floats('w', [4, 4], normalNumbers(16, 4));
  testAgreement({
    Softmax: of('Softmax', [a]),
    MatMul: of('MatMul', [a, matrix]),
    'Split, its second part': adding(
      [node('Split', 'e', 'd c', { num_outputs: 2, axis: 1 })],
      [floats('e', [3, 8], normalNumbers(24, 5))],
    ),
    'ReduceMean over an axis': of('ReduceMean', [a, integers('axes', [0])]),
    Trilu: of('Trilu', [a]),
    'ReduceSum of whole numbers, whose share is cut': adding(
      [node('ReduceSum', 'k axes', 's', { keepdims: 1 }), node('Div', 's three', 'c')],
      [integers('k', [1, 4, -3, -2, 6, 5], [3, 2]), integers('axes', [1]), integers('three', [3])],
    ),
    'a weight over the lengths of its rows': {
      inputs: { x: ['n', 4] },
      opset: 18,
      nodes: [
        node('ReduceL2', 'w axes', 'l'),
        node('Div', 'w l', 'd'),
        node('Gemm', 'x d', 'y', { transB: 1 }),
      ],
      weights: [matrix, integers('axes', [1])],
    },
  });
});
