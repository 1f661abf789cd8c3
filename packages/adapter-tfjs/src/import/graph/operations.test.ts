/** @jest-environment ./src/testing/tfjs-environment.js */
import { type TensorRecord } from '@patternlens/core';
import * as tf from '@tensorflow/tfjs';
import { readGraphModel } from '../../read-tfjs.js';
import { openTfjsModel } from '../../run/tfjs-model.js';
import { outputOf, worstSample } from '../../testing/agreement.js';
import { GraphFiles } from '../../testing/graph-files.js';
import { indexing, type Case } from '../../testing/indexing-cases.js';
import { sampleOf } from '../../testing/tfjs-models.js';

const window = (strides: number, padding: string) => ({
  strides: [1, strides, strides, 1],
  padding,
  data_format: 'NHWC',
  dilations: [1, 1, 1, 1],
});

const windows: Case[] = [];
for (const size of [7, 8])
  for (const strides of [1, 2, 3])
    for (const padding of ['SAME', 'VALID'])
      windows.push(
        [
          `_FusedConv2D on ${size} by ${strides}, ${padding}`,
          [size, size + 1, 2],
          (g, x) =>
            g.node('_FusedConv2D', 'c', [x, g.weights('w', [3, 2, 2, 4]), g.weights('b', [4])], {
              ...window(strides, padding),
              num_args: 1,
              fused_ops: ['BiasAdd', 'Relu'],
            }),
        ],
        [
          `pools on ${size} by ${strides}, ${padding}`,
          [size, size + 1, 2],
          (g, x) => {
            const options = { ...window(strides, padding), ksize: [1, 3, 2, 1] };
            const a = g.node('AvgPool', 'a', [x], options);
            g.node('ConcatV2', 'o', [a, g.node('MaxPool', 'm', [x], options), g.ints('axis', -1)], {
              N: 2,
            });
          },
        ],
        [
          `DepthwiseConv2dNative on ${size} by ${strides}, ${padding}`,
          [size, size + 1, 2],
          (g, x) =>
            g.node(
              'DepthwiseConv2dNative',
              'd',
              [x, g.weights('w', [3, 3, 2, 2])],
              window(strides, padding),
            ),
        ],
        [
          `Conv2DBackpropInput on ${size} by ${strides}, ${padding}`,
          [size, size - 1, 2],
          (g, x) => {
            const shape = g.node('Shape', 'shape', [x]);
            const at = (index: number) =>
              g.node(
                'StridedSlice',
                `size${index}`,
                [
                  shape,
                  g.ints(`from${index}`, [index]),
                  g.ints(`to${index}`, [index + 1]),
                  g.ints(`by${index}`, [1]),
                ],
                {
                  shrink_axis_mask: 1,
                  begin_mask: 0,
                  end_mask: 0,
                  ellipsis_mask: 0,
                  new_axis_mask: 0,
                },
              );
            const grown = (index: number) => {
              const times = g.node('Mul', `times${index}`, [
                at(index),
                g.ints(`stride${index}`, strides),
              ]);
              return padding === 'SAME'
                ? times
                : g.node('AddV2', `plus${index}`, [
                    times,
                    g.ints(`extra${index}`, Math.max(0, 3 - strides)),
                  ]);
            };
            const output = g.node(
              'Pack',
              'pack',
              [at(0), grown(1), grown(2), g.ints('channels', 4)],
              { N: 4, axis: 0 },
            );
            const made = g.node(
              'Conv2DBackpropInput',
              't',
              [output, g.weights('w', [3, 3, 4, 2]), x],
              window(strides, padding),
            );
            g.node('BiasAdd', 'o', [made, g.weights('b', [4])]);
          },
        ],
      );

const unary = [
  'Relu',
  'Relu6',
  'Elu',
  'Selu',
  'Sigmoid',
  'Tanh',
  'Softplus',
  'Softmax',
  'LogSoftmax',
  'Exp',
  'Square',
  'Neg',
  'Abs',
  'Erf',
];

const conv = (g: GraphFiles, x: string): string =>
  g.node('Conv2D', 'conv', [x, g.weights('kernel', [2, 2, 2, 3])], window(1, 'VALID'));

const cases: Case[] = [
  ...windows,
  ...indexing,
  ...unary.map((op): Case => [op, [3, 4], (g, x) => g.node(op, 'o', [x])]),
  ...['Sqrt', 'Rsqrt', 'Log', 'Reciprocal'].map((op): Case => [
    op,
    [3, 4],
    (g, x) => g.node(op, 'o', [g.node('AddV2', 'a', [x, g.floats('two', [2])])]),
  ]),
  ...['Add', 'AddV2', 'Sub', 'Mul', 'Maximum', 'Minimum', 'SquaredDifference'].flatMap(
    (op): Case[] => [
      [`${op} of two`, [4, 5, 2], (g, x, y) => g.node(op, 'o', [conv(g, x), y]), [3, 4, 3]],
      [`${op} of one spread`, [4, 5, 2], (g, x, y) => g.node(op, 'o', [conv(g, x), y]), [1, 1, 3]],
    ],
  ),
  ...['Add', 'Sub', 'Mul', 'RealDiv'].flatMap((op): Case[] => [
    [
      `${op} with channels behind`,
      [4, 5, 2],
      (g, x) => g.node(op, 'o', [conv(g, x), g.weights('w', [3], 2)]),
    ],
    [
      `${op} with rows before`,
      [4, 5, 2],
      (g, x) =>
        g.node(op, 'o', [
          g.weights('w', [3, 4, 1], 2),
          g.node('AddV2', 'p', [conv(g, x), g.floats('nine', [9])]),
        ]),
    ],
    [
      `${op} with a batch of one`,
      [4, 5, 2],
      (g, x) => g.node(op, 'o', [conv(g, x), g.weights('w', [1, 1, 4, 3], 2)]),
    ],
  ]),
  [
    'RealDiv of two',
    [4, 2],
    (g, x, y) => g.node('RealDiv', 'o', [x, g.node('AddV2', 'p', [y, g.floats('two', [2])])]),
  ],
  ...['Identity', 'StopGradient', 'FakeQuantWithMinMaxVars'].map((op): Case => [
    op,
    [3],
    (g, x) => g.node('Relu', 'o', [g.node(op, 'i', [x])]),
  ]),
  ['AddN', [3], (g, x, y) => g.node('AddN', 'o', [x, y, x], { N: 3 })],
  ['Maximum with a number', [3], (g, x) => g.node('Maximum', 'o', [x, g.floats('n', [0.1])])],
  [
    'Pow by 2 and 3',
    [3],
    (g, x) =>
      g.node('Pow', 'o', [g.node('Pow', 'p', [x, g.floats('two', [2])]), g.floats('three', [3])]),
  ],
  ['LeakyRelu', [3], (g, x) => g.node('LeakyRelu', 'o', [x], { alpha: 0.1 })],
  ['Prelu', [4, 5, 2], (g, x) => g.node('Prelu', 'o', [conv(g, x), g.weights('s', [3])])],
  [
    'ClipByValue',
    [4],
    (g, x) => g.node('ClipByValue', 'o', [x, g.floats('a', [-0.5]), g.floats('b', [0.25])]),
  ],
  ...(['Relu6', 'Elu', 'LeakyRelu', 'Prelu'] as const).map((fused): Case => [
    `_FusedConv2D with ${fused}`,
    [4, 5, 2],
    (g, x) =>
      g.node(
        '_FusedConv2D',
        'o',
        [
          x,
          g.weights('w', [3, 2, 2, 4]),
          g.weights('b', [4]),
          ...(fused === 'Prelu' ? [g.weights('s', [1, 1, 4])] : []),
        ],
        {
          ...window(1, 'SAME'),
          num_args: fused === 'Prelu' ? 2 : 1,
          fused_ops: ['BiasAdd', fused],
          leakyrelu_alpha: 0.125,
        },
      ),
  ]),
  [
    'FusedDepthwiseConv2dNative',
    [6, 5, 2],
    (g, x) =>
      g.node(
        'FusedDepthwiseConv2dNative',
        'o',
        [x, g.weights('w', [3, 3, 2, 2]), g.weights('b', [4])],
        {
          ...window(2, 'SAME'),
          num_args: 1,
          fused_ops: ['BiasAdd', 'Relu6'],
        },
      ),
  ],
  [
    'Conv2D with padding in numbers',
    [5, 6, 2],
    (g, x) =>
      g.node('Conv2D', 'o', [x, g.weights('w', [3, 3, 2, 4])], {
        ...window(1, 'EXPLICIT'),
        explicit_paddings: [0, 0, 1, 2, 0, 1, 0, 0],
      }),
  ],
  [
    'Conv2D, dilated',
    [8, 9, 2],
    (g, x) =>
      g.node('Conv2D', 'o', [x, g.weights('w', [3, 3, 2, 4])], {
        ...window(1, 'SAME'),
        dilations: [1, 2, 2, 1],
      }),
  ],
  [
    'MatMul',
    [5],
    (g, x) =>
      g.node('MatMul', 'o', [x, g.weights('w', [5, 3])], {
        transpose_a: false,
        transpose_b: false,
      }),
  ],
  [
    'MatMul, transposed',
    [5],
    (g, x) => g.node('MatMul', 'o', [x, g.weights('w', [3, 5])], { transpose_b: true }),
  ],
  [
    '_FusedMatMul',
    [5],
    (g, x) =>
      g.node('_FusedMatMul', 'o', [x, g.weights('w', [5, 3]), g.weights('b', [3])], {
        num_args: 1,
        fused_ops: ['BiasAdd', 'Relu'],
      }),
  ],
  [
    'BatchMatMulV2',
    [3, 4],
    (g, x, y) => g.node('BatchMatMulV2', 'o', [x, y], { adj_x: false, adj_y: true }),
    [2, 4],
  ],
  [
    'FusedBatchNormV3',
    [4, 5, 2],
    (g, x) =>
      g.node(
        'FusedBatchNormV3',
        'o',
        [
          conv(g, x),
          g.weights('s', [3]),
          g.weights('f', [3]),
          g.weights('m', [3]),
          g.weights('v', [3], 1.5),
        ],
        {
          epsilon: 0.001,
          is_training: false,
          data_format: 'NHWC',
        },
      ),
  ],
  ...(['Mean', 'Sum', 'Max'] as const).flatMap((op): Case[] => [
    [
      `${op} over space`,
      [4, 5, 2],
      (g, x) => g.node(op, 'o', [conv(g, x), g.ints('axes', [1, 2])], { keep_dims: false }),
    ],
    [
      `${op} over one axis`,
      [4, 5, 2],
      (g, x) => g.node(op, 'o', [conv(g, x), g.ints('axes', [2])], { keep_dims: false }),
    ],
    [
      `${op} over channels, kept`,
      [4, 5, 2],
      (g, x) => g.node(op, 'o', [conv(g, x), g.ints('axes', [-1])], { keep_dims: true }),
    ],
  ]),
  [
    'Pad',
    [4, 5, 2],
    (g, x) => g.node('Pad', 'o', [conv(g, x), g.ints('p', [0, 0, 1, 2, 0, 3, 1, 0], [4, 2])]),
  ],
  [
    'PadV2',
    [4, 5, 2],
    (g, x) =>
      g.node('PadV2', 'o', [
        conv(g, x),
        g.ints('p', [0, 0, 1, 2, 0, 3, 0, 0], [4, 2]),
        g.floats('v', [0.5]),
      ]),
  ],
  ...['REFLECT', 'SYMMETRIC'].map((mode): Case => [
    `MirrorPad ${mode}`,
    [4, 5, 2],
    (g, x) =>
      g.node('MirrorPad', 'o', [conv(g, x), g.ints('p', [0, 0, 2, 1, 0, 2, 0, 0], [4, 2])], {
        mode,
      }),
  ]),
  [
    'ConcatV2 of rows',
    [4, 5, 2],
    (g, x, y) => g.node('ConcatV2', 'o', [conv(g, x), y, g.ints('axis', 1)], { N: 2 }),
    [2, 4, 3],
  ],
  ['Pack', [3, 2], (g, x, y) => g.node('Pack', 'o', [x, y], { axis: 2, N: 2 })],
  [
    'Split',
    [4, 6],
    (g, x) => {
      g.node('Split', 's', [g.ints('axis', 2), x], { num_split: 3 });
      g.node('Sub', 'o', ['s:2', g.node('Mul', 'p', ['s', 's:1'])]);
    },
  ],
  [
    'Unpack',
    [3, 4],
    (g, x) => {
      g.node('Unpack', 's', [x], { axis: 1, num: 3 });
      g.node('Sub', 'o', ['s:2', g.node('Mul', 'p', ['s', 's:1'])]);
    },
  ],
  [
    'StridedSlice',
    [6, 7, 2],
    (g, x) =>
      g.node(
        'StridedSlice',
        'o',
        [
          conv(g, x),
          g.ints('a', [0, 1, 0, 0]),
          g.ints('b', [0, 5, -1, 2]),
          g.ints('c', [1, 2, 1, 1]),
        ],
        { begin_mask: 5, end_mask: 1, ellipsis_mask: 0, new_axis_mask: 0, shrink_axis_mask: 0 },
      ),
  ],
  [
    'StridedSlice that drops an axis',
    [3, 4],
    (g, x) =>
      g.node(
        'StridedSlice',
        'o',
        [x, g.ints('a', [0, -1]), g.ints('b', [0, 0]), g.ints('c', [1, 1])],
        { begin_mask: 1, end_mask: 1, ellipsis_mask: 0, new_axis_mask: 0, shrink_axis_mask: 2 },
      ),
  ],
  [
    'Slice',
    [4, 5, 2],
    (g, x) =>
      g.node('Slice', 'o', [conv(g, x), g.ints('a', [0, 1, 0, 1]), g.ints('b', [-1, 2, -1, 2])]),
  ],
  [
    'GatherV2',
    [4, 5],
    (g, x) => g.node('GatherV2', 'o', [x, g.ints('i', [3, 0, 3]), g.ints('axis', 1)]),
  ],
  ['Tile', [2, 3], (g, x) => g.node('Tile', 'o', [x, g.ints('m', [1, 2, 3])])],
  [
    'Transpose',
    [4, 5, 2],
    (g, x) => g.node('Transpose', 'o', [conv(g, x), g.ints('p', [0, 3, 1, 2])]),
  ],
  [
    'ExpandDims and Squeeze',
    [4, 3],
    (g, x) =>
      g.node('Squeeze', 'o', [g.node('ExpandDims', 'e', [x, g.ints('axis', 1)])], {
        squeeze_dims: [1],
      }),
  ],
  [
    'Conv1D as converters write it',
    [9, 2],
    (g, x) => {
      const wide = g.node('ExpandDims', 'e', [x, g.ints('axis', 1)]);
      const made = g.node(
        '_FusedConv2D',
        'c',
        [wide, g.weights('w', [1, 3, 2, 4]), g.weights('b', [4])],
        {
          ...window(1, 'SAME'),
          strides: [1, 1, 2, 1],
          num_args: 1,
          fused_ops: ['BiasAdd', 'Relu'],
        },
      );
      const narrow = g.node('Squeeze', 's', [made], { squeeze_dims: [1] });
      const wide2 = g.node('ExpandDims', 'e2', [narrow, g.ints('axis2', -3)]);
      const made2 = g.node(
        'Conv2D',
        'c2',
        [wide2, g.weights('w2', [1, 2, 4, 3])],
        window(1, 'VALID'),
      );
      g.node(
        'Mean',
        'o',
        [g.node('Squeeze', 's2', [made2], { squeeze_dims: [1] }), g.ints('axes', [1])],
        { keep_dims: false },
      );
    },
  ],
  [
    'Flatten as converters write it, with the batch in a shape',
    [4, 5, 2],
    (g, x) => {
      const shape = g.node('Shape', 'shape', [conv(g, x)]);
      const batch = g.node(
        'StridedSlice',
        'n',
        [shape, g.ints('a', [0]), g.ints('b', [1]), g.ints('c', [1])],
        { shrink_axis_mask: 1, begin_mask: 0, end_mask: 0, ellipsis_mask: 0, new_axis_mask: 0 },
      );
      const flat = g.node('Reshape', 'flat', [
        'conv',
        g.node('Pack', 'to', [batch, g.ints('rest', -1)], { N: 2, axis: 0 }),
      ]);
      g.node('MatMul', 'o', [flat, g.weights('w', [36, 3])], { transpose_b: false });
    },
  ],
  [
    'Dense on three axes, as converters write it',
    [3, 4],
    (g, x) => {
      const shape = g.node('Shape', 'shape', [x]);
      const free = g.node('GatherV2', 'free', [
        shape,
        g.ints('freeAxes', [0, 1]),
        g.ints('zero', 0),
      ]);
      const summed = g.node('GatherV2', 'summed', [shape, g.ints('ownAxes', [2]), 'zero']);
      const prod = g.node('Prod', 'prod', [free, g.ints('all', [0])], { keep_dims: false });
      const prod2 = g.node('Prod', 'prod2', [summed, 'all'], { keep_dims: false });
      const turned = g.node('Transpose', 'turned', [
        x,
        g.node('ConcatV2', 'order', ['freeAxes', 'ownAxes', 'zero'], { N: 2 }),
      ]);
      const rows = g.node('Reshape', 'rows', [
        turned,
        g.node('Pack', 'to', [prod, prod2], { N: 2, axis: 0 }),
      ]);
      const made = g.node('MatMul', 'product', [rows, g.weights('w', [4, 2])], {
        transpose_b: false,
      });
      const back = g.node('Reshape', 'back', [
        made,
        g.node('ConcatV2', 'sizes', [free, g.ints('units', [2]), 'zero'], { N: 2 }),
      ]);
      g.node('Relu', 'o', [g.node('BiasAdd', 'biased', [back, g.weights('b', [2])])]);
    },
  ],
  [
    'channels before the batch, behind a convolution',
    [4, 5, 2],
    (g, x) => {
      const turned = g.node('Transpose', 't', [conv(g, x), g.ints('perm', [3, 0, 1, 2])]);
      const shifted = g.node('AddV2', 's', [turned, g.weights('k', [3, 1, 1, 1])]);
      const reduced = g.node('Max', 'm', [shifted, g.ints('axes', [2])], { keep_dims: false });
      const parts = g.node('Softmax', 'p', [reduced]);
      const back = g.node('Transpose', 'b', [parts, g.ints('again', [1, 2, 0])]);
      g.node('Relu', 'o', [back]);
    },
  ],
  [
    'a convolution over each image of a series',
    [3, 4, 5, 2],
    (g, x) => {
      const images = g.node('Reshape', 'images', [x, g.ints('flat', [-1, 4, 5, 2])]);
      const pooled = g.node('Mean', 'pooled', [conv(g, images), g.ints('places', [1, 2])], {
        keep_dims: false,
      });
      g.node('Reshape', 'o', [pooled, g.ints('series', [-1, 3, 3])]);
    },
  ],
  [
    'constants out of constants',
    [3],
    (g, x) => {
      const root = g.node('Rsqrt', 'r', [
        g.node('AddV2', 'v', [g.weights('w', [3], 1), g.floats('e', [0.001])]),
      ]);
      g.node('Mul', 'o', [x, g.node('Mul', 'k', [root, g.weights('s', [3])])]);
    },
  ],
  ...[
    [false, false],
    [true, false],
    [false, true],
  ].flatMap(([align_corners, half_pixel_centers]): Case[] =>
    ['ResizeBilinear', 'ResizeNearestNeighbor'].map((op): Case => [
      `${op}, corners ${String(align_corners)}, half pixels ${String(half_pixel_centers)}`,
      [4, 5, 2],
      (g, x) =>
        g.node(op, 'o', [conv(g, x), g.ints('to', [7, 3])], {
          align_corners: align_corners!,
          half_pixel_centers: half_pixel_centers!,
        }),
    ]),
  ),
];

test.each(cases.map(([name, ...rest]) => [name, rest] as const))('%s', async (_name, rest) => {
  const [shape, build, second = shape] = rest;
  const graph = new GraphFiles();
  graph.input('x', shape);
  graph.input('y', second);
  build(graph, 'x', 'y');
  const files = graph.files(graph.signature());
  const network = await readGraphModel(files);
  for (const batch of [1, 3]) {
    const inputs: TensorRecord = {
      x: sampleOf([batch, ...shape], 5),
      y: sampleOf([batch, ...second], 6),
    };
    await using model = await openTfjsModel(files, { tf, backend: 'cpu' });
    const wanted = Object.values(await model.run(inputs))[0]!;
    expect(worstSample(await outputOf(network, inputs), wanted)).toBeLessThan(1e-5);
  }
});
