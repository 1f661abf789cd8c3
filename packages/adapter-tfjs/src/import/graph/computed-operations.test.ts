/** @jest-environment ./src/testing/tfjs-environment.js */
import type { TensorRecord } from '@patternlens/core';
import * as tf from '@tensorflow/tfjs';
import { readGraphModel } from '../../read-tfjs.js';
import { openTfjsModel } from '../../run/tfjs-model.js';
import { outputOf, worstSample } from '../../testing/agreement.js';
import { GraphFiles } from '../../testing/graph-files.js';
import { sampleOf } from '../../testing/tfjs-models.js';

/** Builds the nodes behind inputs `x` and `y`, both of `[3, 4]`; the last one made is the output. */
type Build = (graph: GraphFiles, x: string, y: string) => unknown;

const toFloat = { SrcT: { type: 'DT_BOOL' }, DstT: { type: 'DT_FLOAT' } };

/** A truth as a number. */
const truth =
  (build: (g: GraphFiles, x: string, y: string) => string): Build =>
  (g, x, y) =>
    g.node('Cast', 'o', [build(g, x, y)], toFloat);

const both = (g: GraphFiles, x: string, y: string): [string, string] => [
  g.node('Greater', 'p', [x, y]),
  g.node('Less', 'q', [x, g.floats('limit', [0.1])]),
];

const functions = 'Sin Cos Tan Atan Sinh Cosh Asinh Floor Ceil Sign Expm1'.split(' ');

const cases: Readonly<Record<string, Build>> = {
  ...Object.fromEntries(
    functions.map((op): [string, Build] => [op, (g, x) => g.node(op, 'o', [x])]),
  ),
  'Round of halves': (g, x) =>
    g.node('Round', 'o', [
      g.node('Mul', 'h', [g.node('Floor', 'f', [x]), g.floats('half', [0.5])]),
    ]),
  Log1p: (g, x) => g.node('Log1p', 'o', [g.node('Abs', 'a', [x])]),
  ...Object.fromEntries(
    ['Greater', 'GreaterEqual', 'Less', 'LessEqual', 'NotEqual'].map((op): [string, Build] => [
      op,
      truth((g, x, y) => g.node(op, 't', [x, y])),
    ]),
  ),
  'Equal of a constant': truth((g, x) =>
    g.node('Equal', 't', [g.node('Sign', 's', [x]), g.floats('one', [1])]),
  ),
  LogicalAnd: truth((g, x, y) => g.node('LogicalAnd', 't', both(g, x, y))),
  LogicalOr: truth((g, x, y) => g.node('LogicalOr', 't', both(g, x, y))),
  LogicalNot: truth((g, x, y) => g.node('LogicalNot', 't', [both(g, x, y)[0]])),
  'Cast to whole numbers': (g, x) =>
    g.node(
      'Cast',
      'o',
      [
        g.node('Cast', 'i', [g.node('Mul', 'm', [x, g.floats('n', [3])])], {
          SrcT: { type: 'DT_FLOAT' },
          DstT: { type: 'DT_INT32' },
        }),
      ],
      { SrcT: { type: 'DT_INT32' }, DstT: { type: 'DT_FLOAT' } },
    ),
  'SelectV2 by a computed truth': (g, x, y) =>
    g.node('SelectV2', 'o', [g.node('Greater', 'p', [x, y]), x, g.floats('c', [0.25])]),
  'Select of two': (g, x, y) => g.node('Select', 'o', [g.node('Less', 'p', [x, y]), x, y]),
  'DivNoNan by zeros': (g, x, y) => g.node('DivNoNan', 'o', [x, g.node('Relu', 'r', [y])]),
  'DivNoNan by a constant': (g, x) =>
    g.node('DivNoNan', 'o', [x, g.floats('c', [2, 0, -1, 4], [4])]),
  FloorMod: (g, x) => g.node('FloorMod', 'o', [x, g.floats('c', [0.3])]),
  'Min over an axis': (g, x) => g.node('Min', 'o', [x, g.ints('axes', [1])], { keep_dims: false }),
  'Prod over an axis': (g, x) => g.node('Prod', 'o', [x, g.ints('axes', [2])], { keep_dims: true }),
  All: truth((g, x, y) =>
    g.node('All', 't', [both(g, x, y)[1], g.ints('axes', [2])], { keep_dims: false }),
  ),
  'Maximum of a constant for each entry': (g, x) =>
    g.node('Maximum', 'o', [x, g.weights('c', [3, 4])]),
  'ClipByValue between computed bounds': (g, x, y) =>
    g.node('Minimum', 'o', [
      g.node('Maximum', 'l', [
        x,
        g.node('Min', 'm', [y, g.ints('axes', [2])], { keep_dims: true }),
      ]),
      g.weights('h', [4]),
    ]),
  'BatchMatMulV2 by matrices of a constant': (g, x) =>
    g.node(
      'BatchMatMulV2',
      'o',
      [g.node('ExpandDims', 'e', [x, g.ints('axis', 2)]), g.weights('w', [3, 2, 4])],
      { adj_x: false, adj_y: true },
    ),
  'BatchMatMulV2 from the left': (g, x) =>
    g.node('BatchMatMulV2', 'o', [g.weights('w', [1, 2, 3]), x], { adj_x: false, adj_y: false }),
  Einsum: (g, x, y) => g.node('Einsum', 'o', [x, y], { equation: 'nij,nkj->nik', N: 2 }),
  'a mask with minus infinity before a softmax': (g, x) => {
    const mask = g.floats('mask', [0, -Infinity, 0, 0], [4]);
    g.node('Softmax', 'o', [g.node('AddV2', 'm', [x, mask])]);
  },
};

test.each(Object.entries(cases))('%s', async (_name, build) => {
  const graph = new GraphFiles();
  graph.input('x', [3, 4]);
  graph.input('y', [3, 4]);
  build(graph, 'x', 'y');
  const files = graph.files(graph.signature());
  const network = await readGraphModel(files);
  const inputs: TensorRecord = { x: sampleOf([2, 3, 4], 5), y: sampleOf([2, 3, 4], 6) };
  await using model = await openTfjsModel(files, { tf, backend: 'cpu' });
  const wanted = Object.values(await model.run(inputs))[0]!;
  expect(worstSample(await outputOf(network, inputs), wanted)).toBeLessThan(1e-5);
});

test('an image of bytes behind a Cast is explained at the floats that it holds', async () => {
  const graph = new GraphFiles();
  graph.input('x', [3, 4], -1, 'DT_INT32');
  const whole = { SrcT: { type: 'DT_INT32' }, DstT: { type: 'DT_FLOAT' } };
  const floats = graph.node('Cast', 'f', ['x'], whole);
  graph.node('Sigmoid', 'o', [graph.node('Mul', 'm', [floats, graph.floats('c', [1 / 255])])]);
  const files = graph.files(graph.signature());
  const network = await readGraphModel(files);
  const data = Float32Array.from({ length: 24 }, (_, at) => at * 11);
  const inputs: TensorRecord = { x: { data, shape: [2, 3, 4] } };
  await using model = await openTfjsModel(files, { tf, backend: 'cpu' });
  const wanted = Object.values(await model.run(inputs))[0]!;
  expect(worstSample(await outputOf(network, inputs), wanted)).toBeLessThan(1e-6);
  expect(network.changes).toContain(
    'input "x" of int32: explained at the floats that its numbers are',
  );
});
