import type { Network, Tensor } from '@patternlens/core';
import { toFileLayout, type Layer } from '@patternlens/core/network';
import { TensorProto_DataType as DataType } from 'onnx-buf';
import { readOnnx } from '../../read-onnx.js';
import { forward } from '../../testing/against-runtime.js';
import { testRefusals } from '../../testing/failures.js';
import { modelFile, node, port, type ModelParts } from '../../testing/model-file.js';
import { floats, integers, stored, weight } from '../../testing/stored-tensors.js';

const read = (parts: ModelParts): Promise<Network> => readOnnx(modelFile(parts));
const inputs = { x: ['n', 4] } as const;
const image = { x: ['n', 2, 5, 4] } as const;
const bytes = (
  name: string,
  type: number,
  values: readonly number[],
  shape: readonly number[] = [],
) => stored(name, type, shape, { int32Data: [...values] });
const TOLD = 'quantised: explained as the float network that it approximates';

const x: Tensor = { data: Float32Array.of(1, -2, 0.3, 4, 0.5, 6, -7, 0.1), shape: [2, 4] };
/** Within what float32 rounds. */
function expectClose({ data }: Tensor, want: readonly number[]): void {
  expect(data).toHaveLength(want.length);
  for (const [at, value] of want.entries()) expect(data[at]).toBeCloseTo(value, 5);
}

const told = ({ changes }: Network): string[] => changes.filter((change) => change === TOLD);
const summary = (layer: Layer): string =>
  layer.kind === 'activation' && layer.attributes.function === 'clip'
    ? `${layer.name}: clip ${layer.attributes.low} to ${layer.attributes.high}${layer.attributes.saturates ? ', saturates' : ''}`
    : `${layer.name}: ${layer.kind}`;

const weights = [
  bytes('w', DataType.INT8, [1, 2, 3, 4, 5, 6, -7, -8], [4, 2]),
  floats('ws', [2], [0.5, 0.25]),
  bytes('wz', DataType.INT8, [1, 0], [2]),
  floats('s', [], [0.125]),
  bytes('z', DataType.UINT8, [0]),
  floats('t', [], [0.5]),
  bytes('u', DataType.INT8, [-8]),
];
/** The weights that these numbers stand for. */
const REAL = [0, 0.5, 1, 1, 2, 1.5, -4, -2];

const product = ({ data }: Tensor): number[] =>
  [0, 1].flatMap((row) =>
    [0, 1].map((column) =>
      [0, 1, 2, 3].reduce((sum, at) => sum + data[row * 4 + at]! * REAL[at * 2 + column]!, 0),
    ),
  );

test('roundings pass, ends stay: a clip from 0 stands for a rectifier, what the ends cannot cut is left alone', async () => {
  const network = await read({
    inputs,
    nodes: [
      node('DequantizeLinear', 'w ws wz', 'v', { axis: 1 }),
      node('QuantizeLinear', 'x t u', 'xq'),
      node('DequantizeLinear', 'xq t u', 'xd'),
      node('MatMul', 'xd v', 'm'),
      node('QuantizeLinear', 'm s z', 'q'),
      node('DequantizeLinear', 'q s z', 'd'),
      node('Reshape', 'd shape', 'r'),
      node('QuantizeLinear', 'r s z', 'rq'),
      node('DequantizeLinear', 'rq s z', 'y'),
    ],
    weights: [...weights, integers('shape', [-1, 2])],
  });
  expect(network.layers.map(summary)).toEqual([
    'QuantizeLinear_xq: clip -60 to 67.5, saturates',
    'MatMul_m: dense',
    'QuantizeLinear_q: clip 0 to 31.875',
    'Reshape_r: reshape',
    'QuantizeLinear_rq: identity',
  ]);
  expect([told(network).length, network.outputs]).toEqual([1, ['y']]);
  const want = product(x).map((value) => Math.min(31.875, Math.max(0, value)));
  expectClose(forward(network, { x }), want);
});

test.each<[string, ModelParts['nodes'], string]>([
  ['an input', [], 'clip 0 to 31.875, saturates'],
  ['an input that is normalised', [node('Mul', 'x t', 'm')], 'clip 0 to 31.875, saturates'],
  ['a rectifier', [node('Relu', 'x', 'm')], 'clip 0 to 31.875, saturates'],
  [
    'a sum of rectifiers',
    [node('Relu', 'x', 'a'), node('Add', 'a a', 'm')],
    'clip 0 to 31.875, saturates',
  ],
  ['a sigmoid, which it cannot cut', [node('Sigmoid', 'x', 'm')], 'identity'],
  ['what may be negative', [node('Tanh', 'x', 'a'), node('Add', 'a x', 'm')], 'clip 0 to 31.875'],
])(
  'numbers from 0 on rectify where something is left to rectify: %s',
  async (_name, nodes, want) => {
    const network = await read({
      inputs,
      nodes: [
        ...nodes,
        node('QuantizeLinear', nodes.length > 0 ? 'm s z' : 'x s z', 'q'),
        node('DequantizeLinear', 'q s z', 'y'),
      ],
      weights,
    });
    expect(summary(network.layers.at(-1)!)).toBe(`QuantizeLinear_q: ${want}`);
  },
);

test('weights keep the layout of the tensor that the file stores', async () => {
  const network = await read({
    inputs,
    nodes: [node('DequantizeLinear', 'w ws wz', 'v', { axis: 1 }), node('MatMul', 'x v', 'y')],
    weights,
  });
  const { tensor, origin } = network.layers[0]!.parameters['weights']!;
  expect(origin).toMatchObject({ tensor: 'w', shape: [4, 2] });
  expect([...toFileLayout(tensor, origin!).data]).toEqual(REAL);
});

const dynamic = (last: readonly ReturnType<typeof node>[]): ModelParts => ({
  inputs,
  nodes: [
    node('DynamicQuantizeLinear', 'x', 'q qs qz'),
    node('MatMulInteger', 'q w qz wz', 'i'),
    node('Cast', 'i', 'f', { to: DataType.FLOAT }),
    ...last,
  ],
  weights: [...weights, floats('b', [2], [10, 20])],
});

test.each<[string, ModelParts]>([
  ['its scales multiplied first', dynamic([node('Mul', 'qs ws', 'k'), node('Mul', 'f k', 'y')])],
  ['one scale after the other', dynamic([node('Mul', 'ws f', 'k'), node('Mul', 'k qs', 'y')])],
  [
    'laid out first',
    dynamic([node('Mul', 'qs ws', 'k'), node('Reshape', 'k shape', 'l'), node('Mul', 'f l', 'y')]),
  ],
  [
    'in one operator',
    {
      inputs,
      nodes: [node('DynamicQuantizeMatMul', 'x w ws wz', 'y', {}, { domain: 'com.microsoft' })],
      weights,
    },
  ],
  [
    'in two operators',
    {
      inputs,
      nodes: [
        node('DynamicQuantizeLinear', 'x', 'q qs qz'),
        node('MatMulIntegerToFloat', 'q w qs ws qz wz', 'y', {}, { domain: 'com.microsoft' }),
      ],
      weights,
    },
  ],
  [
    'and back at once',
    {
      inputs,
      nodes: [
        node('DynamicQuantizeLinear', 'x', 'q qs qz'),
        node('DequantizeLinear', 'q qs qz', 'xd'),
        node('DequantizeLinear', 'w ws wz', 'v', { axis: 1 }),
        node('MatMul', 'xd v', 'y'),
      ],
      weights,
    },
  ],
])('dynamic quantisation passes straight through: %s', async (_name, parts) => {
  const network = await read({ ...parts, weights: [...parts.weights!, integers('shape', [1, 2])] });
  expect(network.layers.filter(({ kind }) => kind !== 'identity').map(({ kind }) => kind)).toEqual([
    'dense',
  ]);
  const { tensor, origin } = network.layers.find(({ kind }) => kind === 'dense')!.parameters[
    'weights'
  ]!;
  expect([origin!.tensor, [...toFileLayout(tensor, origin!).data]]).toEqual(['w', REAL]);
  expect(network.outputs).toEqual(['y']);
  expect(told(network)).toHaveLength(1);
  expectClose(forward(network, { x }), product(x));
});

test('a convolution of dynamic quantisation, its bias behind it', async () => {
  const network = await read({
    inputs: image,
    nodes: [
      node('DynamicQuantizeLinear', 'x', 'q qs qz'),
      node('ConvInteger', 'q w qz', 'i'),
      node('Cast', 'i', 'f', { to: DataType.FLOAT }),
      node('Mul', 'qs ws', 'k'),
      node('Mul', 'f k', 'm'),
      node('Add', 'm b', 'y'),
    ],
    weights: [
      bytes('w', DataType.INT8, [1, -2, 3, -4], [2, 2, 1, 1]),
      floats('ws', [1, 2, 1, 1], [0.5, 0.25]),
      floats('b', [1, 2, 1, 1], [10, 20]),
    ],
  });
  expect(network.layers.map(({ kind }) => kind)).toEqual(['convolution', 'add-constant']);
  expect([...network.layers[0]!.parameters['weights']!.tensor.data]).toEqual([0.5, -1, 0.75, -1]);
});

describe('inputs of whole numbers are explained at the float:', () => {
  const photo = port('x', ['n', 2, 2], DataType.UINT8);
  const values = { data: Float32Array.of(0, 200, 255, 7), shape: [1, 2, 2] };
  test.each<[string, ModelParts['nodes'], number[]]>([
    [
      'behind a cast',
      [node('Cast', 'x', 'f', { to: 1 }), node('Mul', 'f s', 'y')],
      [0, 25, 31.875, 0.875],
    ],
    [
      'laid out before',
      [
        node('Transpose', 'x', 't', { perm: [0, 2, 1] }),
        node('Cast', 't', 'f', { to: 1 }),
        node('Mul', 'f s', 'y'),
      ],
      [0, 31.875, 25, 0.875],
    ],
    ['dequantised', [node('DequantizeLinear', 'x s p', 'y')], [-1, 24, 30.875, -0.125]],
  ])('%s', async (_name, nodes, want) => {
    const network = await read({
      ports: [photo],
      nodes,
      weights: [floats('s', [], [0.125]), bytes('p', DataType.UINT8, [8])],
    });
    expect([...forward(network, { x: values }).data]).toEqual(want);
  });

  test('an output of whole numbers is what the file gives, but for its rounding', async () => {
    const network = await read({
      inputs,
      nodes: [node('QuantizeLinear', 'x s p', 'y')],
      weights: [floats('s', [], [0.125]), bytes('p', DataType.UINT8, [8])],
    });
    expect(network.outputs).toEqual(['y']);
    expectClose(forward(network, { x }), [16, 0, 10.4, 40, 12, 56, 0, 8.8]);
  });
});

describe('of quantised networks is refused:', () => {
  const tokens = port('x', ['n', 3], DataType.INT64);
  testRefusals([
    [
      'entries that are looked up by an input',
      { ports: [tokens], nodes: [node('Gather', 'e x', 'y')], weights: [weight('e', [5, 2])] },
      'unsupported-operation',
      'Gather_y',
      'tokens',
    ],
    [
      'a division of whole numbers',
      {
        ports: [tokens],
        nodes: [node('Div', 'x two', 'd'), node('Cast', 'd', 'y', { to: 1 })],
        weights: [integers('two', [2], [])],
      },
      'unsupported-operation',
      'Div_d',
      'int64',
    ],
    [
      'a scale that is computed',
      {
        inputs: { ...inputs, k: ['n', 1] },
        nodes: [node('QuantizeLinear', 'x k', 'q'), node('DequantizeLinear', 'q k', 'y')],
      },
      'unsupported-operation',
      'QuantizeLinear_q',
      'scale',
    ],
    [
      'numbers of dynamic quantisation',
      {
        inputs,
        nodes: [
          node('DynamicQuantizeLinear', 'x', 'q qs qz'),
          node('Cast', 'q', 'f', { to: 1 }),
          node('Relu', 'f', 'y'),
        ],
      },
      'unsupported-operation',
      'Relu_y',
      'mixes samples',
    ],
    [
      'an operator without a name, called as what it makes',
      {
        inputs,
        nodes: [
          node('QuantizeLinear', 'x s z', 'q'),
          node('QLinearMatMul', 'q s z w ws wz s z', 'r', {}, { name: '' }),
          node('DequantizeLinear', 'r s z', 'y'),
        ],
        weights: [...weights.slice(1), bytes('w', DataType.INT8, [1, 2, 3], [3, 1])],
      },
      'invalid-file',
      'QLinearMatMul "r"',
    ],
    [
      'channels last',
      {
        inputs,
        nodes: [
          node('QuantizeLinear', 'x s z', 'q'),
          node(
            'QLinearGlobalAveragePool',
            'q s z s z',
            'r',
            { channels_last: 1 },
            { domain: 'com.microsoft' },
          ),
          node('DequantizeLinear', 'r s z', 'y'),
        ],
        weights,
      },
      'unsupported-operation',
      'channels last',
    ],
    [
      'scales of blocks that would be repeated without end',
      {
        inputs: { x: [1, 2 ** 27] },
        opset: 21,
        nodes: [
          node('QuantizeLinear', 'x two', 'q', { axis: 1, block_size: 2 ** 26 }),
          node('DequantizeLinear', 'q two', 'y', { axis: 1, block_size: 2 ** 26 }),
        ],
        weights: [floats('two', [1, 2], [1, 2])],
      },
      'invalid-file',
      'QuantizeLinear_q',
      'a constant of',
    ],
    [
      'scales that do not fit',
      {
        inputs,
        nodes: [node('DequantizeLinear', 'w three', 'v', { axis: 1 }), node('MatMul', 'x v', 'y')],
        weights: [...weights, floats('three', [3], [1, 2, 3])],
      },
      'invalid-file',
      'DequantizeLinear_v',
      '[3]',
    ],
  ]);
});
