/** @jest-environment ./src/testing/ort-environment.js */
import { TensorProto_DataType as DataType, type TensorProto } from 'onnx-buf';
import { testAgreement, type RunOptions } from '../../testing/against-runtime.js';
import { node, port, type ModelParts } from '../../testing/model-file.js';
import {
  booleans,
  countOf,
  floats,
  integers,
  normalNumbers,
  stored,
  weight,
} from '../../testing/stored-tensors.js';

type Case = ModelParts & { readonly options?: RunOptions };

const whole = (
  name: string,
  type: number,
  values: readonly number[],
  shape: readonly number[] = [],
) => stored(name, type, shape, { int32Data: [...values] });
const int8 = (name: string, values: readonly number[], shape?: readonly number[]): TensorProto =>
  whole(name, DataType.INT8, values, shape);
const uint8 = (name: string, values: readonly number[], shape?: readonly number[]): TensorProto =>
  whole(name, DataType.UINT8, values, shape);
const number = (name: string, value: number): TensorProto => floats(name, [], [value]);

/** Whole numbers of a spread, as weights. */
const some = (count: number, spread: number): number[] =>
  normalNumbers(count, 3).map((value) => Math.max(-128, Math.min(127, Math.round(value * spread))));
const weights = (name: string, shape: readonly number[], spread = 3): TensorProto =>
  int8(name, some(countOf(shape), spread), shape);

/** Inputs that a scale of 1/8 holds exactly: all that differs from the runtime's then is a mistake. */
const exact: RunOptions = { change: (value) => Math.round(value * 8) / 8 };
const vector = { x: ['n', 4] } as const;
const image = { x: ['n', 2, 5, 4] } as const;
const EIGHTH = [number('s', 1 / 8), uint8('z', [128])];

const roundTrip = (type: number, zero: number, scale: number, more: Partial<Case> = {}): Case => ({
  inputs: vector,
  nodes: [node('QuantizeLinear', 'x s z', 'q'), node('DequantizeLinear', 'q s z', 'y')],
  weights: [number('s', scale), whole('z', type, [zero])],
  options: exact,
  ...more,
});

describe('values that are quantised and back are what the runtime computes, their ends included:', () => {
  // The narrow ones end at 4 bits or 3/8: most values are cut.
  testAgreement({
    uint8: roundTrip(DataType.UINT8, 128, 1 / 8),
    'uint8 that ends near 0': roundTrip(DataType.UINT8, 3, 1 / 8),
    'uint8 that begins at 0, a rectifier': roundTrip(DataType.UINT8, 0, 1 / 8),
    int8: roundTrip(DataType.INT8, 120, 1 / 8),
    uint16: roundTrip(DataType.UINT16, 32768, 1 / 1024, { opset: 21 }),
    int16: roundTrip(DataType.INT16, 0, 1 / 1024, { opset: 21 }),
    'int4, two to a byte': roundTrip(DataType.INT4, -5, 1 / 8, { opset: 21 }),
    uint4: roundTrip(DataType.UINT4, 5, 1 / 8, { opset: 21 }),
    'without a zero point': {
      ...roundTrip(DataType.UINT8, 0, 1 / 8),
      nodes: [node('QuantizeLinear', 'x s', 'q'), node('DequantizeLinear', 'q s', 'y')],
    },
    'a scale for each channel': {
      inputs: image,
      nodes: [node('QuantizeLinear', 'x s z', 'q'), node('DequantizeLinear', 'q s z', 'y')],
      weights: [floats('s', [2], [1 / 8, 1 / 16]), uint8('z', [10, 20], [2])],
      options: exact,
    },
    'a scale for each channel, rectified': {
      inputs: image,
      nodes: [node('QuantizeLinear', 'x s z', 'q'), node('DequantizeLinear', 'q s z', 'y')],
      weights: [floats('s', [2], [1 / 8, 1 / 16]), uint8('z', [0, 0], [2])],
      options: exact,
    },
    'operators of com.microsoft': {
      ...roundTrip(DataType.UINT8, 3, 1 / 8),
      nodes: [
        node('QuantizeLinear', 'x s z', 'q', {}, { domain: 'com.microsoft' }),
        node('DequantizeLinear', 'q s z', 'y', {}, { domain: 'com.microsoft' }),
      ],
    },
    'numbers that are read with another scale': {
      ...roundTrip(DataType.UINT8, 3, 1 / 8),
      nodes: [node('QuantizeLinear', 'x s z', 'q'), node('DequantizeLinear', 'q t u', 'y')],
      weights: [...EIGHTH, number('t', 0.5), uint8('u', [7])],
    },
  });
});

/** Weights that meet the input number by number: where the runtime sees a matrix product, it quantises the input too. */
const weighted = (more: Partial<Case>): Case => ({
  inputs: { x: ['n', 4, 3] },
  ...more,
  nodes: [...(more.nodes ?? [node('DequantizeLinear', 'w s z', 'v')]), node('Mul', 'x v', 'y')],
});

describe('stored numbers are what the runtime makes of them:', () => {
  const along = (axis: number) => [node('DequantizeLinear', 'w s z', 'v', { axis })];
  testAgreement({
    'one scale': weighted({ weights: [weights('w', [4, 3]), number('s', 0.3), int8('z', [4])] }),
    'a scale for each column': weighted({
      nodes: along(1),
      weights: [weights('w', [4, 3]), floats('s', [3], [0.1, 2, 0.7]), int8('z', [1, 2, 3], [3])],
    }),
    'a scale for each row, counted from behind': weighted({
      nodes: along(-2),
      weights: [weights('w', [4, 3]), weight('s', [4], 8), int8('z', [1, -2, 3, 0], [4])],
    }),
    'a scale for each block': weighted({
      opset: 21,
      nodes: [node('DequantizeLinear', 'w s z', 'v', { axis: 0, block_size: 2 })],
      weights: [
        whole('w', DataType.INT4, [0x21, 0xf3, 0x7c, 0x08, 0x5a, 0xe1], [4, 3]),
        weight('s', [2, 3], 5),
        whole('z', DataType.INT4, [0x10, 0x32, 0x54], [2, 3]),
      ],
    }),
    'floats that the file itself rounds': weighted({
      nodes: [
        node('QuantizeLinear', 'f s z', 'w', { axis: 1 }),
        node('DequantizeLinear', 'w s z', 'v', { axis: 1 }),
      ],
      weights: [
        floats('f', [4, 3], [0.25, 0.5, 0.75, 1.25, 1.5, 1.75, -0.25, -0.5, -0.75, 90, -90, 0.1]),
        floats('s', [3], [0.5, 0.5, 0.25]),
        int8('z', [0, 1, 2], [3]),
      ],
    }),
    'floats of 8 bits': weighted({
      opset: 19,
      nodes: [node('DequantizeLinear', 'w s', 'v')],
      weights: [
        whole(
          'w',
          DataType.FLOAT8E4M3FN,
          [1, 8, 57, 126, 200, 254, 129, 64, 0, 90, 33, 61],
          [4, 3],
        ),
        number('s', 0.5),
      ],
    }),
  });
});

const scales = (y: number): TensorProto[] => [
  ...EIGHTH,
  number('ws', 0.25),
  int8('wz', [0]),
  number('ys', y),
  uint8('yz', [100]),
];

/** A node between numbers that are made of `x` and numbers that are read as `y`. */
const between = (middle: ModelParts['nodes'], more: Partial<Case>, scale = '1'): Case => ({
  inputs: image,
  options: exact,
  ...more,
  nodes: [
    node('QuantizeLinear', 'x s z', 'q'),
    ...middle,
    node('DequantizeLinear', scale === '1' ? 'r s z' : 'r ys yz', 'y'),
  ],
});

describe('operators over quantised values are what the runtime computes:', () => {
  const ms = { domain: 'com.microsoft' };
  const q = (op: string, inputs: string, attributes = {}) => node(op, inputs, 'r', attributes, ms);
  testAgreement({
    'QLinearConv, padded with the zero point': between(
      [node('QLinearConv', 'q s z w ws wz ys yz b', 'r', { pads: [1, 1, 1, 1], strides: [2, 1] })],
      {
        weights: [
          ...scales(1 / 32),
          weights('w', [3, 2, 3, 3]),
          whole('b', DataType.INT32, [5, -9, 30], [3]),
        ],
      },
      'y',
    ),
    'QLinearConv with a scale for each channel, in groups': between(
      [node('QLinearConv', 'q s z w cs cz ys yz b', 'r', { group: 2 })],
      {
        weights: [
          ...scales(1 / 32),
          weights('w', [4, 1, 2, 2]),
          floats('cs', [4], [0.25, 0.5, 0.25, 1]),
          int8('cz', [0, 0, 0, 0], [4]),
          whole('b', DataType.INT32, [5, -9, 30, 2], [4]),
        ],
      },
      'y',
    ),
    QLinearMatMul: between(
      [node('QLinearMatMul', 'q s z w ws wz ys yz', 'r')],
      { inputs: vector, weights: [...scales(1 / 32), weights('w', [4, 3])] },
      'y',
    ),
    QLinearAdd: between([q('QLinearAdd', 'q s z q s z ys yz')], { weights: scales(1 / 16) }, 'y'),
    'QLinearMul by a constant': between(
      [q('QLinearMul', 'q s z c ws cz ys yz')],
      { weights: [...scales(1 / 32), uint8('c', [3, 9], [2, 1, 1]), uint8('cz', [5])] },
      'y',
    ),
    QLinearAveragePool: between(
      [q('QLinearAveragePool', 'q s z ys yz', { kernel_shape: [2, 2] })],
      { weights: scales(1 / 32) },
      'y',
    ),
    QLinearGlobalAveragePool: between(
      [q('QLinearGlobalAveragePool', 'q s z ys yz')],
      { inputs: { x: ['n', 3, 2, 2] }, weights: scales(1 / 32) },
      'y',
    ),
    QLinearLeakyRelu: between(
      [q('QLinearLeakyRelu', 'q s z ys yz', { alpha: { float: 0.5 } })],
      { weights: scales(1 / 16) },
      'y',
    ),
    QLinearWhere: between(
      [q('QLinearWhere', 'mask q s z c t u ys yz')],
      {
        inputs: vector,
        weights: [
          ...scales(1 / 16),
          booleans('mask', [4], [true, false, true, false]),
          uint8('c', [3, 9, 30, 40], [4]),
          number('t', 1 / 16),
          uint8('u', [30]),
        ],
      },
      'y',
    ),
    QLinearConcat: between(
      [node('QuantizeLinear', 'x t u', 'p'), q('QLinearConcat', 'ys yz q s z p t u', { axis: 1 })],
      { weights: [...scales(1 / 16), number('t', 1 / 16), uint8('u', [30])] },
      'y',
    ),
    'QGemm, to floats': {
      inputs: vector,
      options: exact,
      nodes: [
        node('QuantizeLinear', 'x s z', 'q'),
        node('QGemm', 'q s z w ws wz b', 'y', { transB: 1 }, ms),
      ],
      weights: [...scales(1), weights('w', [3, 4]), whole('b', DataType.INT32, [5, -9, 30], [3])],
    },
  });
});

describe('what lays out numbers does so with what they stand for:', () => {
  testAgreement({
    MaxPool: between([node('MaxPool', 'q', 'r', { kernel_shape: [2, 2] })], { weights: EIGHTH }),
    'Reshape and Transpose': between(
      [node('Transpose', 'q', 't', { perm: [0, 2, 3, 1] }), node('Reshape', 't shape', 'r')],
      { weights: [...EIGHTH, integers('shape', [0, -1])] },
    ),
    'Split and Concat': between(
      [node('Split', 'q', 'a b', { axis: 1 }), node('Concat', 'b a', 'r', { axis: 1 })],
      { weights: EIGHTH },
    ),
    'Pad with a number': between([node('Pad', 'q pads five', 'r')], {
      weights: [...EIGHTH, integers('pads', [0, 0, 1, 0, 0, 0, 0, 2]), uint8('five', [5])],
    }),
    'Cast to floats, which computes with the numbers': {
      inputs: vector,
      options: exact,
      nodes: [
        node('QuantizeLinear', 'x s z', 'q'),
        node('Cast', 'q', 'f', { to: DataType.FLOAT }),
        node('Mul', 'f f', 'y'),
      ],
      weights: EIGHTH,
    },
    'whole products, scaled at last': {
      inputs: vector,
      options: exact,
      nodes: [
        node('QuantizeLinear', 'x s z', 'q'),
        node('MatMulInteger', 'q w z wz', 'i'),
        node('Cast', 'i', 'f', { to: DataType.FLOAT }),
        node('Mul', 'f ws', 'y'),
      ],
      weights: [...scales(1), weights('w', [4, 3])],
    },
    'a whole convolution, each channel with its scale': {
      inputs: image,
      options: exact,
      nodes: [
        node('QuantizeLinear', 'x s z', 'q'),
        node('ConvInteger', 'q w z', 'i'),
        node('Cast', 'i', 'f', { to: DataType.FLOAT }),
        node('Mul', 'f cs', 'y'),
      ],
      weights: [...EIGHTH, weights('w', [3, 2, 2, 2]), weight('cs', [1, 3, 1, 1])],
    },
  });
});

const packed = (bits: number, zeros: readonly TensorProto[]): Case => ({
  inputs: { x: ['n', 5, 40] },
  nodes: [
    node(
      'MatMulNBits',
      `x w s ${zeros.length > 0 ? 'z' : '-'} - b`,
      'y',
      { K: 40, N: 3, bits, block_size: 32 },
      { domain: 'com.microsoft' },
    ),
  ],
  weights: [
    uint8(
      'w',
      normalNumbers(3 * 8 * bits, 9).map((value) => Math.round(Math.abs(value) * 1000) % 256),
      [3, 2, 4 * bits],
    ),
    weight('s', [6], 4),
    weight('b', [3], 6),
    ...zeros,
  ],
});

describe('packed weights are what the runtime makes of them:', () => {
  testAgreement({
    '4 bits': packed(4, []),
    '4 bits with zero points': packed(4, [uint8('z', [0x52, 0xc1, 0x0f], [3])]),
    '8 bits': packed(8, []),
  });
});

describe('inputs of bytes are what the runtime computes with:', () => {
  const photo = {
    ports: [port('x', ['n', 2, 5, 4], DataType.UINT8)],
    options: { change: (value: number) => Math.round(Math.abs(value) * 60) },
  };
  testAgreement({
    'cast, and normalised': {
      ...photo,
      nodes: [
        node('Transpose', 'x', 't', { perm: [0, 3, 1, 2] }),
        node('Cast', 't', 'f', { to: DataType.FLOAT }),
        node('Div', 'f most', 'y'),
      ],
      weights: [number('most', 255)],
    },
    'quantised already': {
      ...photo,
      nodes: [
        node('QLinearConv', 'x s z w ws wz ys yz', 'r', { pads: [1, 1, 1, 1] }),
        node('DequantizeLinear', 'r ys yz', 'y'),
      ],
      weights: [...scales(1 / 32), weights('w', [3, 2, 3, 3])],
    },
    'whole numbers that are added up': {
      ports: [port('x', ['n', 4], DataType.INT32)],
      options: { change: (value) => Math.round(value * 60) },
      nodes: [
        node('Add', 'x x', 'a'),
        node('Mul', 'a x', 'm'),
        node('Cast', 'm', 'y', { to: DataType.FLOAT }),
      ],
    },
  });
});
