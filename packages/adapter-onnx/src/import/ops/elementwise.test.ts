/** @jest-environment ./src/testing/ort-environment.js */
import { testAgreement, type RunOptions } from '../../testing/against-runtime.js';
import { node, type Attributes, type ModelParts } from '../../testing/model-file.js';
import { booleans, floats, integers, weight } from '../../testing/stored-tensors.js';

type Case = ModelParts & { readonly options?: RunOptions };

const inputs = { x: ['n', 3, 4] } as const;
const unary = (op: string, attributes: Attributes = {}, more: Partial<Case> = {}): Case => ({
  inputs,
  opset: 22,
  nodes: [node(op, 'x', 'y', attributes)],
  ...more,
});
const positive: RunOptions = { change: (value) => Math.abs(value) + 0.25 };
/** Numbers on both sides of where an activation bends. */
const wide: RunOptions = { change: (value) => 3 * value };

describe('activations are what the runtime computes:', () => {
  testAgreement({
    Relu: unary('Relu'),
    Sigmoid: unary('Sigmoid'),
    Tanh: unary('Tanh'),
    Softplus: unary('Softplus'),
    Softsign: unary('Softsign'),
    HardSwish: unary('HardSwish', {}, { options: wide }),
    Mish: unary('Mish'),
    LeakyRelu: unary('LeakyRelu'),
    'LeakyRelu with a slope': unary('LeakyRelu', { alpha: { float: 0.3 } }),
    Elu: unary('Elu'),
    'Elu with alpha': unary('Elu', { alpha: { float: 0.7 } }),
    Celu: unary('Celu'),
    'Celu with alpha': unary('Celu', { alpha: { float: 0.7 } }),
    Selu: unary('Selu'),
    'Selu with alpha and gamma': unary('Selu', { alpha: { float: 2 }, gamma: { float: 1.5 } }),
    HardSigmoid: unary('HardSigmoid', {}, { options: wide }),
    'HardSigmoid with alpha and beta': unary(
      'HardSigmoid',
      { alpha: { float: 0.4 }, beta: { float: 0.3 } },
      { options: wide },
    ),
    Gelu: unary('Gelu'),
    'Gelu, approximated': unary('Gelu', { approximate: 'tanh' }),
    Swish: unary('Swish', {}, { opset: 24 }),
    Softmax: unary('Softmax'),
    'Softmax over the middle axis': unary('Softmax', { axis: 1 }),
    LogSoftmax: unary('LogSoftmax', { axis: -2 }),
    'Clip between inputs': unary(
      'Clip',
      {},
      {
        nodes: [node('Clip', 'x low high', 'y')],
        weights: [floats('low', [], [-0.5]), floats('high', [], [0.75])],
      },
    ),
    'Clip without a lower limit': unary(
      'Clip',
      {},
      {
        nodes: [node('Clip', 'x - high', 'y')],
        weights: [floats('high', [], [0.75])],
      },
    ),
    'Clip at 6': unary(
      'Clip',
      {},
      {
        nodes: [node('Clip', 'x low high', 'y')],
        weights: [floats('low', [], [0]), floats('high', [], [6])],
        options: wide,
      },
    ),
    'Clip without limits': unary('Clip'),
  });
  testAgreement(
    Object.fromEntries(
      ([[1], [4], [3, 1], [3, 4], [1, 3, 1], []] as number[][]).map((shape) => [
        `PRelu with slopes of shape [${shape.join(', ')}]`,
        unary(
          'PRelu',
          {},
          { nodes: [node('PRelu', 'x slope', 'y')], weights: [weight('slope', shape)] },
        ),
      ]),
    ),
  );
});

const binary = (
  op: string,
  operands: string,
  shape: readonly number[] = [4],
  more: Partial<Case> = {},
): Case => ({
  inputs,
  nodes: [node(op, operands, 'y')],
  weights: [weight('c', shape)],
  ...more,
});

const two = { x: ['n', 3, 4], z: ['n', 1, 4] } as const;
const ofTwo = (op: string, more: Partial<Case> = {}): Case => ({
  inputs: two,
  nodes: [node(op, 'x z', 'y')],
  ...more,
});

/** A constant of more rows than the value that it meets. */
const widened = (op: string, operands: string, options: RunOptions = {}): Case => ({
  inputs: { x: ['n', 1, 4] },
  nodes: [node(op, operands, 'y')],
  weights: [weight('c', [3, 4]), booleans('mask', [3, 1], [true, false, true])],
  options,
});

describe('arithmetic is what the runtime computes:', () => {
  testAgreement({
    'Add of a constant that widens': widened('Add', 'x c'),
    'Sub from a constant that widens': widened('Sub', 'c x'),
    'Mul by a constant that widens': widened('Mul', 'x c'),
    'Div of a constant that widens': widened('Div', 'c x', positive),
    'Pow of constants that widen': widened('Pow', 'x c', positive),
    'Where with a constant that widens': widened('Where', 'mask x c'),
    'Add of a constant': binary('Add', 'x c'),
    'Add of a constant that has a batch of 1': binary('Add', 'c x', [1, 3, 1]),
    'Add of two values': ofTwo('Add'),
    'Sub of a constant': binary('Sub', 'x c', [3, 1]),
    'Sub from a constant': binary('Sub', 'c x', [3, 4]),
    'Sub of two values': ofTwo('Sub'),
    'Mul by a constant': binary('Mul', 'c x', [3, 4]),
    'Mul of two values': ofTwo('Mul'),
    'Mul of a value with itself': { inputs, nodes: [node('Mul', 'x x', 'y')] },
    'Div by a constant': binary('Div', 'x c'),
    'Div of a constant': binary('Div', 'c x', [4], { options: positive }),
    'Div of two values': ofTwo('Div', { options: positive }),
    'Pow of 2': binary('Pow', 'x c', [], { weights: [floats('c', [], [2])] }),
    'Pow of 3': binary('Pow', 'x c', [], { weights: [floats('c', [], [3])] }),
    'Pow of a fraction': binary('Pow', 'x c', [], {
      weights: [floats('c', [], [-0.5])],
      options: positive,
    }),
    'Pow of a whole number of another type': binary('Pow', 'x c', [], {
      weights: [integers('c', [3], [])],
    }),
    'Pow of several exponents': binary('Pow', 'x c', [4], {
      weights: [floats('c', [4], [1, 2, 0.5, -1])],
      options: positive,
    }),
    'Pow of a constant base': binary('Pow', 'c x', [4], {
      weights: [floats('c', [4], [1, 2, 0.5, 3])],
    }),
    'Pow of two values': ofTwo('Pow', { options: positive }),
    'Max of two values': ofTwo('Max'),
    'Min of two values': ofTwo('Min'),
    'Max of three values and a number': {
      inputs: { ...two, u: ['n', 3, 1] },
      nodes: [node('Max', 'x c z u', 'y')],
      weights: [floats('c', [], [-0.25])],
    },
    'Min of a value and a number': binary('Min', 'c x', [], { weights: [floats('c', [1], [0.5])] }),
    'Max of one value': { inputs, nodes: [node('Max', 'x', 'y')] },
    'Sum of two values and constants': {
      inputs: two,
      nodes: [node('Sum', 'c x d z', 'y')],
      weights: [weight('c', [4]), weight('d', [1, 3, 1], 2)],
    },
    'Sum of two values': ofTwo('Sum'),
    'Sum of one value': { inputs, nodes: [node('Sum', 'x', 'y')] },
    'Mean of three values': { inputs: two, nodes: [node('Mean', 'x z x', 'y')] },
    Neg: unary('Neg'),
    Abs: unary('Abs'),
    Exp: unary('Exp'),
    Log: unary('Log', {}, { options: positive }),
    Sqrt: unary('Sqrt', {}, { options: positive }),
    Erf: unary('Erf'),
    Reciprocal: unary('Reciprocal', {}, { options: positive }),
    'Where between a value and a constant': {
      inputs,
      nodes: [node('Where', 'mask x c', 'y')],
      weights: [booleans('mask', [4], [true, false, true, false]), weight('c', [3, 1])],
    },
    'Where between a constant and a value': {
      inputs,
      nodes: [node('Where', 'mask c x', 'y')],
      weights: [booleans('mask', [3, 1], [true, false, true]), weight('c', [3, 4])],
    },
    'Where between two values': {
      inputs: two,
      nodes: [node('Where', 'mask x z', 'y')],
      weights: [booleans('mask', [1, 3, 1], [true, false, true])],
    },
  });
});

const reduction = (op: string, axes: readonly number[], attributes: Attributes = {}): Case => ({
  inputs: { x: ['n', 3, 4, 2] },
  opset: 18,
  nodes: [node(op, 'x axes', 'y', attributes)],
  weights: [integers('axes', axes)],
});

describe('reductions are what the runtime computes:', () => {
  testAgreement(
    Object.fromEntries(
      ['ReduceMean', 'ReduceSum', 'ReduceMax', 'ReduceSumSquare', 'ReduceL2'].flatMap(
        (op): [string, Case][] => [
          [`${op} of one axis`, reduction(op, [2])],
          [`${op} of spatial axes, dropped`, reduction(op, [-1, 2], { keepdims: 0 })],
          [`${op} of all but the batch`, reduction(op, [1, 2, 3], { keepdims: 1 })],
          [
            `${op} of no axes, which does nothing where that is said`,
            {
              inputs: { x: ['n', 3, 4, 2] },
              opset: 18,
              nodes: [node(op, 'x', 'r', { noop_with_empty_axes: 1 }), node('Identity', 'r', 'y')],
            },
          ],
        ],
      ),
    ),
  );
});
