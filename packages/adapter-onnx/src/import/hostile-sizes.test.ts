import { TensorProto_DataType as DataType } from 'onnx-buf';
import { readOnnx } from '../read-onnx.js';
import { expectFailure } from '../testing/failures.js';
import { heldBytes, LITTLE } from '../testing/held-bytes.js';
import {
  modelFile,
  node,
  ownFunction,
  type Attributes,
  type ModelParts,
} from '../testing/model-file.js';
import { doubles, floats, integers, stored, weight } from '../testing/stored-tensors.js';

const inputs = { x: ['n', 4] } as const;
const image = { x: ['n', 3, 8, 8] } as const;
const HUGE = 1e12;

/** Refuses, without holding what the file claims. */
async function expectCheapFailure(parts: ModelParts, ...words: readonly string[]): Promise<void> {
  const before = heldBytes();
  await expectFailure(readOnnx(modelFile(parts)), 'invalid-file', ...words);
  expect(heldBytes() - before).toBeLessThan(LITTLE);
}

type Hostile = readonly [title: string, parts: ModelParts, ...words: readonly string[]];

function refused(cases: readonly Hostile[]): void {
  test.each(cases.map(([title, ...rest]) => [title, rest] as const))(
    '%s',
    async (_title, [parts, ...words]) => {
      await expectCheapFailure(parts, ...words);
    },
  );
}

describe('a tensor that claims what is not there is refused:', () => {
  const weighed = (tensor: ReturnType<typeof floats>): ModelParts => ({
    inputs,
    nodes: [node('MatMul', 'x w', 'y')],
    weights: [tensor],
  });
  const eight = new Uint8Array(8);
  refused([
    [
      'a million million elements',
      weighed(stored('w', DataType.FLOAT, [1e6, 1e6], { rawData: eight })),
      '"w"',
      '[1000000, 1000000]',
      '8 bytes',
    ],
    [
      'as many, and no bytes',
      weighed(stored('w', DataType.FLOAT, [1e6, 1e6], {})),
      '"w"',
      '0 values',
    ],
    [
      'more than can be counted',
      weighed(stored('w', DataType.FLOAT, [2 ** 40, 2 ** 40], { rawData: eight })),
      '"w"',
    ],
    [
      'a size beyond 2^53',
      weighed(stored('w', DataType.FLOAT, [2n ** 62n], { rawData: eight })),
      '"w"',
    ],
    [
      'a negative size',
      weighed(stored('w', DataType.FLOAT, [-4, 2], { rawData: eight })),
      '"w"',
      '-4',
    ],
    [
      'two negative sizes',
      weighed(stored('w', DataType.FLOAT, [-1, -2], { rawData: eight })),
      '"w"',
      '[-1, -2]',
    ],
    [
      'too few bytes',
      weighed(stored('w', DataType.FLOAT, [4, 1], { rawData: eight })),
      '"w"',
      '16 bytes',
      '8 bytes',
    ],
    [
      'too many bytes',
      weighed(stored('w', DataType.FLOAT, [1, 1], { rawData: eight })),
      '"w"',
      '4 bytes',
      '8 bytes',
    ],
    [
      'too few numbers',
      weighed(stored('w', DataType.FLOAT, [4, 1], { floatData: [1, 2] })),
      '"w"',
      '2 values',
    ],
    [
      'numbers in the field of another type',
      weighed(stored('w', DataType.FLOAT, [4, 1], { doubleData: [1, 2, 3, 4] })),
      '"w"',
      '0 values',
    ],
    ['a type that is none', weighed(stored('w', 99, [4, 1], { rawData: eight })), '"w"', 'type 99'],
    [
      'the same in a Constant node',
      {
        inputs,
        nodes: [
          node('Constant', '', 'w', {
            value: { tensor: stored('', DataType.FLOAT, [1e6, 1e6], { rawData: eight }) },
          }),
          node('MatMul', 'x w', 'y'),
        ],
      },
      'Constant_w',
      '8 bytes',
    ],
  ]);
});

describe('weights that are no numbers are refused:', () => {
  const conv = (value: number, where: 'w' | 'b'): ModelParts => ({
    inputs: image,
    nodes: [node('Conv', 'x w b', 'y', {}, { name: 'conv_1' })],
    weights: [
      floats('w', [2, 3, 1, 1], [1, 2, 3, 4, 5, where === 'w' ? value : 6]),
      floats('b', [2], [where === 'b' ? value : 1, 2]),
    ],
  });
  refused([
    ['NaN', conv(NaN, 'w'), 'conv_1', 'value 5', '"w"', 'NaN'],
    ['Infinity', conv(Infinity, 'w'), 'conv_1', 'Infinity'],
    ['minus infinity in a bias', conv(-Infinity, 'b'), 'conv_1', 'value 0', 'bias', '"b"'],
    [
      'a float64 beyond float32 is one',
      {
        inputs,
        nodes: [node('Cast', 'w', 'f', { to: 1 }), node('Mul', 'x f', 'y')],
        weights: [doubles('w', [1], [NaN])],
      },
      'Mul_y',
      'NaN',
    ],
    [
      'a division by a constant 0',
      { inputs, nodes: [node('Div', 'x w', 'y')], weights: [floats('w', [1], [0])] },
      'Div_y',
      '0',
    ],
  ]);
});

describe('a constant that would be too large is refused before it is made:', () => {
  const computed = (
    op: string,
    lists: Readonly<Record<string, readonly number[]>>,
    first?: ReturnType<typeof floats>,
  ): ModelParts => ({
    inputs,
    nodes: [
      node(op, [...(first ? ['w'] : []), ...Object.keys(lists)].join(' '), 'c'),
      node('Add', 'x c', 'y'),
    ],
    weights: [
      ...(first ? [first] : []),
      ...Object.entries(lists).map(([name, list]) =>
        integers(name, list, op === 'Range' ? [] : [list.length]),
      ),
    ],
  });
  refused([
    ['ConstantOfShape', computed('ConstantOfShape', { shape: [1e6, 1e6] }), 'ConstantOfShape_c'],
    [
      'ConstantOfShape of negative sizes',
      computed('ConstantOfShape', { shape: [-1, 4] }),
      'ConstantOfShape_c',
      '-1',
    ],
    [
      'ConstantOfShape of two negative sizes',
      computed('ConstantOfShape', { shape: [-2, -2] }),
      'ConstantOfShape_c',
      '-2',
    ],
    ['Expand', computed('Expand', { shape: [HUGE, 4] }, weight('w', [4])), 'Expand_c'],
    [
      'Expand to a negative size',
      computed('Expand', { shape: [-3, 4] }, weight('w', [4])),
      'Expand_c',
      '-3',
    ],
    ['Tile', computed('Tile', { repeats: [HUGE] }, weight('w', [4])), 'Tile_c'],
    [
      'Tile, a negative number of times',
      computed('Tile', { repeats: [-1] }, weight('w', [4])),
      'Tile_c',
      '-1',
    ],
    ['Range', computed('Range', { start: [0], limit: [HUGE], delta: [1] }), 'Range_c'],
    ['Range that never ends', computed('Range', { start: [0], limit: [5], delta: [0] }), 'Range_c'],
    [
      'Slice that never ends',
      computed('Slice', { starts: [0], ends: [4], axes: [0], steps: [0] }, weight('w', [4])),
      'Slice_c',
      'step',
    ],
    [
      'Slice in steps that are too small to end',
      {
        inputs,
        nodes: [node('Slice', 'w a b c d', 's'), node('Add', 'x s', 'y')],
        weights: [
          weight('w', [4]),
          integers('a', [0]),
          integers('b', [4]),
          integers('c', [0]),
          doubles('d', [1], [1e-300]),
        ],
      },
      'Slice_s',
      'whole numbers',
    ],
    [
      'Add of a row and a column',
      {
        inputs,
        nodes: [node('Add', 'a b', 'c'), node('Add', 'x c', 'y')],
        weights: [weight('a', [10_000, 1]), weight('b', [10_000])],
      },
      'Add_c',
    ],
  ]);

  test('many that are just small enough', async () => {
    const parts: ModelParts = {
      inputs,
      nodes: [
        ...Array.from({ length: 3 }, (_, at) => node('ConstantOfShape', 's', `c${at}`)),
        node('Sum', 'x c0 c1 c2', 'y'),
      ],
      // Zeros that nothing writes to take no memory.
      weights: [integers('s', [2 ** 26])],
    };
    await expectFailure(readOnnx(modelFile(parts)), 'invalid-file', 'ConstantOfShape_c2');
  });
});

describe('a value that would be too large is refused:', () => {
  const one = (
    op: string,
    lists: readonly (readonly number[])[],
    attributes: Attributes = {},
  ): ModelParts => ({
    inputs: image,
    nodes: [node(op, ['x', ...lists.map((_, at) => `l${at}`)].join(' '), 'y', attributes)],
    weights: lists.map((list, at) => integers(`l${at}`, list)),
  });
  refused([
    ['Expand', { ...one('Expand', [[1, 1, HUGE]]), inputs: { x: ['n', 3, 1] } }, 'Expand_y'],
    ['Tile', one('Tile', [[1, 1, HUGE, 1]]), 'Tile_y'],
    ['Pad', one('Pad', [[0, 0, HUGE, 0, 0, 0, 0, 0]]), 'Pad_y'],
    ['Pad, reflected', one('Pad', [[0, 0, HUGE, 0, 0, 0, 0, 0]], { mode: 'reflect' }), 'Pad_y'],
    [
      'Pad of several axes',
      one('Pad', [[0, 0, 1e5, 1e5, 0, 0, 0, 0]]),
      'Pad_y',
      '[N, 3, 100008, 100008]',
    ],
    [
      'Resize',
      {
        ...one('Resize', []),
        nodes: [node('Resize', 'x - - s', 'y')],
        weights: [integers('s', [1, 3, HUGE, 8])],
        inputs: { x: [1, 3, 8, 8] },
      },
      'Resize_y',
    ],
    [
      'Resize by a negative scale',
      {
        ...one('Resize', []),
        nodes: [node('Resize', 'x - s', 'y')],
        weights: [floats('s', [4], [1, 1, -2, 1])],
      },
      'Resize_y',
      '-16',
    ],
    [
      'Resize by no number',
      {
        ...one('Resize', []),
        nodes: [node('Resize', 'x - s', 'y')],
        weights: [floats('s', [4], [1, 1, NaN, 1])],
      },
      'Resize_y',
      'NaN',
    ],
    [
      'Resize with too few scales',
      {
        ...one('Resize', []),
        nodes: [node('Resize', 'x - s', 'y')],
        weights: [floats('s', [2], [1, 1])],
      },
      'Resize_y',
    ],
  ]);
});

describe('a window that is none is refused:', () => {
  const conv = (attributes: Attributes): ModelParts => ({
    inputs: image,
    nodes: [node('Conv', 'x w', 'y', attributes)],
    weights: [weight('w', [2, 3, 3, 3])],
  });
  const transposed = (attributes: Attributes): ModelParts => ({
    inputs: image,
    nodes: [node('ConvTranspose', 'x w', 'y', attributes)],
    weights: [weight('w', [3, 2, 3, 3])],
  });
  const pool = (op: string, attributes: Attributes): ModelParts => ({
    inputs: image,
    nodes: [node(op, 'x', 'y', attributes)],
  });
  refused([
    ['a stride of 0', conv({ strides: [0, 1] }), 'Conv_y', 'strides [0, 1]'],
    ['a negative stride', conv({ strides: [1, -1] }), 'Conv_y', 'strides [1, -1]'],
    ['a dilation of 0', conv({ dilations: [1, 0] }), 'Conv_y', 'dilations [1, 0]'],
    ['too many strides', conv({ strides: [1, 1, 1] }), 'Conv_y', 'strides [1, 1, 1]'],
    ['too few pads', conv({ pads: [1, 1] }), 'Conv_y', 'pads [1, 1]'],
    ['pads without end', conv({ pads: [HUGE, 0, 0, 0] }), 'Conv_y'],
    ['an auto_pad that is unknown', conv({ auto_pad: 'SAME' }), 'Conv_y', '"SAME"'],
    ['no groups', conv({ group: 0 }), 'Conv_y', '0 groups'],
    ['negative groups', conv({ group: -1 }), 'Conv_y', '-1 groups'],
    ['a stride of 0, transposed', transposed({ strides: [0, 1] }), 'ConvTranspose_y', 'strides'],
    ['strides without end, transposed', transposed({ strides: [HUGE, 1] }), 'ConvTranspose_y'],
    ['too few strides, transposed', transposed({ strides: [2] }), 'ConvTranspose_y', 'strides [2]'],
    ['a negative output_padding', transposed({ output_padding: [-1, 0] }), 'ConvTranspose_y', '-1'],
    ['an output_shape of nothing', transposed({ output_shape: [0, 8] }), 'ConvTranspose_y'],
    [
      'a kernel of 0',
      pool('MaxPool', { kernel_shape: [0, 2] }),
      'MaxPool_y',
      'kernel sizes [0, 2]',
    ],
    ['no kernel', pool('MaxPool', {}), 'MaxPool_y', 'kernel_shape'],
    [
      'a pool of pads alone',
      pool('AveragePool', { kernel_shape: [2, 2], pads: [2, 0, 0, 0] }),
      'AveragePool_y',
      'pads',
    ],
    [
      'a pool without end',
      pool('AveragePool', { kernel_shape: [HUGE, 2], pads: [HUGE - 1, 0, HUGE - 1, 0] }),
      'AveragePool_y',
    ],
  ]);

  test('a kernel that is larger than its padded input', async () => {
    for (const parts of [conv({ dilations: [100, 1] }), pool('MaxPool', { kernel_shape: [9, 1] })])
      await expectFailure(
        readOnnx(modelFile(parts)),
        'invalid-shape',
        '_y',
        'larger than the padded input',
      );
  });

  test('pads that leave nothing', async () => {
    const parts: ModelParts = {
      inputs: image,
      nodes: [node('Pad', 'x p', 'y')],
      weights: [integers('p', [0, 0, -8, 0, 0, 0, 0, 0])],
    };
    await expectFailure(readOnnx(modelFile(parts)), 'unsupported-operation', 'Pad_y');
  });

  test('an output_shape beyond the reach of the windows', async () => {
    await expectFailure(
      readOnnx(modelFile(transposed({ output_shape: [HUGE, 8] }))),
      'unsupported-operation',
      'ConvTranspose_y',
    );
  });

  test('negative pads', async () => {
    await expectFailure(
      readOnnx(modelFile(conv({ pads: [-1, 0, 0, 0] }))),
      'unsupported-operation',
      'Conv_y',
      'Slice',
    );
  });
});

describe('graphs that would grow without end are refused:', () => {
  const call = (name: string, from: string, to: string) =>
    node(name, from, to, {}, { domain: 'own' });
  refused([
    [
      'a function that calls itself',
      {
        inputs,
        functions: [ownFunction('F', 'a', 'r', [call('F', 'a', 't'), call('F', 't', 'r')])],
        nodes: [call('F', 'x', 'y')],
      },
      'deep',
    ],
    [
      'functions each of which calls the next twice',
      {
        inputs,
        functions: Array.from({ length: 30 }, (_, at) =>
          ownFunction(
            `F${at}`,
            'a',
            'r',
            at === 29
              ? [node('Neg', 'a', 'r')]
              : [call(`F${at + 1}`, 'a', 't'), call(`F${at + 1}`, 't', 'r')],
          ),
        ),
        nodes: [call('F0', 'x', 'y')],
      },
      'nodes',
    ],
  ]);

  test('branches in branches, too deep to decode', async () => {
    await expectFailure(readOnnx(deepBranches(20_000)), 'invalid-file', 'decode');
  });
});

/** The bytes of a model of branches in branches, written from the innermost outwards. */
function deepBranches(depth: number): Uint8Array {
  const backwards: number[] = [];
  const wrap = (field: number): void => {
    const size: number[] = [];
    for (let rest = backwards.length; size.length === 0 || rest > 0; rest = Math.floor(rest / 128))
      size.push((rest % 128) + (rest >= 128 ? 128 : 0));
    backwards.push(...size.reverse(), field * 8 + 2);
  };
  for (let level = 0; level < depth; level++) for (const field of [6, 5, 1]) wrap(field);
  wrap(7);
  return Uint8Array.from(backwards.reverse());
}
