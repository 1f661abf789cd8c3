/** @jest-environment ./src/testing/tfjs-environment.js */
import * as tf from '@tensorflow/tfjs';
import { readGraphModel } from '../../read-tfjs.js';
import { openTfjsModel } from '../../run/tfjs-model.js';
import { outputOf, worstSample } from '../../testing/agreement.js';
import { GraphFiles } from '../../testing/graph-files.js';
import { sampleOf } from '../../testing/tfjs-models.js';

/** Makes a constant that is added to the input, and returns its node. */
type Fold = (graph: GraphFiles) => string;

const SHAPE = [3, 4];
const whole = (g: GraphFiles) => g.ints('i', [-7, 7, -6, 5]);
const divisors = (g: GraphFiles) => g.ints('j', [2, -2, 4, 3]);
const matrix = (g: GraphFiles) => g.weights('m', SHAPE, -1);
const positive = (g: GraphFiles) => g.weights('p', SHAPE, 5);
const row = (g: GraphFiles) => g.floats('r', [0.5, -1.5, 2.25, -3], [4]);
const truth = (g: GraphFiles, name: string, op = 'Greater') =>
  g.node(op, name, [
    g.floats(`${name}a`, [1, 2, 3, 4], [4]),
    g.floats(`${name}b`, [2, 2, 2, 5], [4]),
  ]);

const of =
  (op: string, ...inputs: ((g: GraphFiles) => string)[]): Fold =>
  (g) =>
    g.node(
      op,
      'c',
      inputs.map((input) => input(g)),
    );
const masks = {
  begin_mask: 0,
  end_mask: 0,
  ellipsis_mask: 0,
  new_axis_mask: 0,
  shrink_axis_mask: 0,
};

const folds: Readonly<Record<string, Fold>> = {
  ...Object.fromEntries(
    ['AddN', 'Maximum', 'Minimum', 'Sub', 'Mul'].map((op) => [op, of(op, matrix, row)]),
  ),
  ...Object.fromEntries(['Abs', 'Ceil', 'Floor', 'Neg', 'Sign'].map((op) => [op, of(op, matrix)])),
  ...Object.fromEntries(
    ['Log', 'Reciprocal', 'Sqrt', 'Rsqrt', 'Exp'].map((op) => [op, of(op, positive)]),
  ),
  ...Object.fromEntries(
    ['Equal', 'NotEqual', 'Greater', 'GreaterEqual', 'Less', 'LessEqual'].map((op) => [
      op,
      of(op, whole, (g) => g.ints('k', [-7, 2, -8, 6])),
    ]),
  ),
  AddN: of('AddN', matrix, positive),
  Pow: of('Pow', positive, row),
  LogicalAnd: of(
    'LogicalAnd',
    (g) => truth(g, 't'),
    (g) => truth(g, 'u', 'GreaterEqual'),
  ),
  LogicalOr: of(
    'LogicalOr',
    (g) => truth(g, 't'),
    (g) => truth(g, 'u', 'Less'),
  ),
  LogicalNot: of('LogicalNot', (g) => truth(g, 't')),
  'FloorMod, which has the sign of the divisor': of('FloorMod', whole, divisors),
  'FloorDiv of whole numbers': of('FloorDiv', whole, divisors),
  'RealDiv of whole numbers, which cuts downwards': of('RealDiv', whole, divisors),
  'RealDiv of floats': of('RealDiv', matrix, row),
  SelectV2: of('SelectV2', (g) => truth(g, 't'), matrix, row),
  'Select of sizes': (g) => g.node('Select', 'c', [truth(g, 't'), whole(g), divisors(g)]),
  'Cast to whole numbers, which cuts': (g) => {
    const cast = { SrcT: { type: 'DT_FLOAT' }, DstT: { type: 'DT_INT32' } };
    return g.node('Cast', 'c', [g.floats('f', [-2.7, 2.7, 0.2, -0.9], [4])], cast);
  },
  'GatherV2 of rows': of(
    'GatherV2',
    matrix,
    (g) => g.ints('at', [2, 0, 1]),
    (g) => g.ints('axis', 0),
  ),
  'GatherV2 of another axis': of(
    'GatherV2',
    matrix,
    (g) => g.ints('at', [1, 0, 3, 2]),
    (g) => g.ints('axis', 1),
  ),
  'ConcatV2 of matrices': (g) => {
    const inputs = [g.weights('a', [3, 1]), g.weights('b', [3, 3]), g.ints('axis', 1)];
    return g.node('ConcatV2', 'c', inputs, { N: 2 });
  },
  'Pack of lists': (g) => {
    const inputs = ['a', 'b', 'd', 'e'].map((name) => g.weights(name, [3]));
    return g.node('Pack', 'c', inputs, { N: 4, axis: 1 });
  },
  'Slice of a matrix': of(
    'Slice',
    (g) => g.weights('w', [5, 6]),
    (g) => g.ints('begin', [1, 2]),
    (g) => g.ints('size', [3, -1]),
  ),
  'StridedSlice of a matrix': (g) => {
    const inputs = [
      g.weights('w', [7, 5]),
      g.ints('begin', [1, 1]),
      g.ints('end', [7, 5]),
      g.ints('by', [2, 1]),
    ];
    return g.node('StridedSlice', 'c', inputs, masks);
  },
  'StridedSlice that drops an axis': (g) => {
    const inputs = [
      g.weights('w', [2, 3, 4]),
      g.ints('begin', [1, 0, 0]),
      g.ints('end', [2, 3, 4]),
      g.ints('by', [1, 1, 1]),
    ];
    return g.node('StridedSlice', 'c', inputs, { ...masks, shrink_axis_mask: 1 });
  },
  Tile: of(
    'Tile',
    (g) => g.weights('w', [3, 2]),
    (g) => g.ints('times', [1, 2]),
  ),
  BroadcastTo: of('BroadcastTo', row, (g) => g.ints('to', SHAPE)),
  'Range of floats': of(
    'Range',
    (g) => g.floats('from', [0.5]),
    (g) => g.floats('until', [4.5]),
    (g) => g.floats('by', [1]),
  ),
  'Reshape and Transpose of a matrix': (g) => {
    const turned = g.node('Transpose', 't', [g.weights('w', [2, 6]), g.ints('to', [1, 0])]);
    return g.node('Reshape', 'c', [turned, g.ints('shape', [3, -1])]);
  },
  ...Object.fromEntries(
    ['Sum', 'Max', 'Min', 'Prod'].flatMap((op) =>
      [true, false].map((keep_dims) => [
        `${op} of a list${keep_dims ? ', kept' : ''}`,
        (g: GraphFiles) => g.node(op, 'c', [row(g), g.ints('axes', [0])], { keep_dims }),
      ]),
    ),
  ),
  Size: of('Size', matrix),
};

describe('what is known when the files are read is computed as TensorFlow.js computes it:', () => {
  test.each(Object.entries(folds))('%s', async (_name, fold) => {
    const graph = new GraphFiles();
    graph.input('x', SHAPE);
    const cast = { SrcT: { type: 'DT_INT32' }, DstT: { type: 'DT_FLOAT' } };
    const numbers = graph.node('Cast', 'numbers', [fold(graph)], cast);
    graph.node('AddV2', 'o', ['x', numbers]);
    const files = graph.files(graph.signature());
    const network = await readGraphModel(files);
    expect(network.layers.map(({ kind }) => kind)).toEqual(['add-constant']);
    const inputs = { x: sampleOf([2, ...SHAPE], 5) };
    await using model = await openTfjsModel(files, { tf, backend: 'cpu' });
    const wanted = Object.values(await model.run(inputs))[0]!;
    expect(worstSample(await outputOf(network, inputs), wanted)).toBeLessThan(1e-6);
  });
});

test('sizes that depend on the batch are compared, chosen and joined', async () => {
  const graph = new GraphFiles();
  graph.input('x', SHAPE);
  const shape = graph.node('Shape', 's', ['x']);
  const same = graph.node('Equal', 'same', [shape, shape]);
  const chosen = graph.node('SelectV2', 'chosen', [same, shape, graph.ints('j', [1, 1, 1])]);
  const first = graph.node('Slice', 'n', [chosen, graph.ints('b', [0]), graph.ints('l', [1])]);
  const parts = [first, graph.ints('rest', [12]), graph.ints('axis', 0)];
  const to = graph.node('ConcatV2', 'to', parts, { N: 2 });
  graph.node('Reshape', 'o', ['x', to]);
  const network = await readGraphModel(graph.files(graph.signature()));
  expect(network.shapes.get('o')).toEqual([{ batch: 1 }, 12]);
});
