import type { GraphFiles } from './graph-files.js';

/** Builds the nodes behind inputs `x` (and `y`, of the same shape); the last one made is the output. */
type Build = (graph: GraphFiles, x: string, y: string) => unknown;
export type Case = readonly [
  name: string,
  shape: readonly number[],
  build: Build,
  second?: readonly number[] | undefined,
];

/** Operations that take values from places, or put them there. */
export const indexing: Case[] = [
  [
    'Cumsum from behind',
    [3, 4],
    (g, x) => g.node('Cumsum', 'o', [x, g.ints('axis', 2)], { reverse: true }),
  ],
  ['ReverseV2', [3, 4], (g, x) => g.node('ReverseV2', 'o', [x, g.ints('axis', [1, 2])])],
  ['TopKV2', [3, 5], (g, x) => g.node('TopKV2', 'o', [x, g.ints('k', 2)], { sorted: true })],
  [
    'BroadcastTo',
    [1, 4],
    (g, x) => {
      const rows = g.node('Tile', 't', [x, g.ints('times', [1, 3, 1])]);
      g.node('BroadcastTo', 'o', [x, g.node('Shape', 's', [rows])]);
    },
  ],
  [
    'DepthToSpace',
    [2, 3, 8],
    (g, x) => g.node('DepthToSpace', 'o', [x], { block_size: 2, data_format: 'NHWC' }),
  ],
  [
    'MatrixBandPart',
    [4, 4],
    (g, x) => g.node('MatrixBandPart', 'o', [x, g.ints('below', 1), g.ints('above', 1)]),
  ],
  [
    'GatherNd and ScatterNd of constants',
    [3, 2],
    (g, x) => {
      const rows = g.node('GatherNd', 'r', [g.weights('w', [4, 2]), g.ints('at', [3, 0], [2, 1])]);
      const into = [g.ints('to', [2, 0], [2, 1]), rows, g.ints('size', [3, 2])];
      g.node('AddV2', 'o', [x, g.node('ScatterNd', 's', into)]);
    },
  ],
  [
    'TensorScatterUpdate of constants',
    [3, 2],
    (g, x) => {
      const parts = [
        g.weights('w', [3, 2]),
        g.ints('at', [1, 0, 2, 1], [2, 2]),
        g.weights('v', [2]),
      ];
      g.node('Mul', 'o', [x, g.node('TensorScatterUpdate', 't', parts)]);
    },
  ],
  [
    'SparseToDense of constants',
    [5],
    (g, x) =>
      g.node('Mul', 'o', [
        x,
        g.node('SparseToDense', 'd', [
          g.ints('at', [1, 3]),
          g.ints('size', [5]),
          g.floats('values', [2, -3], [2]),
          g.floats('missing', [0.5]),
        ]),
      ]),
  ],
];
