/** @jest-environment ./src/testing/tfjs-environment.js */
import { messageOf, PatternLensError, type ErrorCode } from '@patternlens/core';
import * as tf from '@tensorflow/tfjs';
import { readTfjsModel } from '../read-tfjs.js';
import { GraphFiles } from '../testing/graph-files.js';
import { savedFiles } from '../testing/tfjs-models.js';
import type { TfjsFiles } from './model-files.js';

type Files = Record<string, Uint8Array>;
type Json = Record<string, unknown>;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const parse = (files: Files): Json =>
  JSON.parse(new TextDecoder().decode(files['model.json'])) as Json;

let dense: Files, graph: Files;

beforeAll(async () => {
  await tf.setBackend('cpu');
  dense = await savedFiles(
    tf.sequential({
      layers: [
        tf.layers.conv2d({ inputShape: [4, 5, 2], filters: 3, kernelSize: 2, name: 'conv' }),
        tf.layers.flatten({ name: 'flat' }),
        tf.layers.dense({ units: 2, name: 'out', activation: 'softmax' }),
      ],
    }),
  );
  const made = new GraphFiles();
  const x = made.input('x', [4, 5, 2]);
  const conv = made.node('Conv2D', 'conv', [x, made.weights('w', [2, 2, 2, 3])], {
    strides: [1, 1, 1, 1],
    padding: 'SAME',
  });
  const flat = made.node('Reshape', 'flat', [conv, made.ints('to', [-1, 60])]);
  made.node('Softmax', 'out', [made.node('MatMul', 'product', [flat, made.weights('m', [60, 2])])]);
  graph = made.files();
});

async function refused(files: TfjsFiles, code: ErrorCode, ...words: string[]): Promise<void> {
  const failure: unknown = await readTfjsModel(files).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(failure).toBeInstanceOf(PatternLensError);
  const error = failure as PatternLensError;
  for (const word of words) expect(error.message).toContain(word);
  expect(error.code).toBe(code);
}

const withJson = (files: Files, change: (json: Json) => unknown): Files => {
  const json = parse(files);
  change(json);
  return { ...files, 'model.json': bytes(JSON.stringify(json)) };
};

test.each<[string, string | Uint8Array, string]>([
  ['a web page', '<!DOCTYPE html><html></html>', 'web page'],
  ['a page without its doctype', '  <html><body>404</body></html>', 'web page'],
  [
    'a pointer',
    'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n',
    'git lfs pull',
  ],
  ['half a JSON', '{"modelTopology": {"nod', 'cut off'],
  ['nothing', '', 'empty'],
  ['a list', '[1]', 'no object'],
  ['a Keras H5 file', Uint8Array.of(0x89, 0x48, 0x44, 0x46, 13, 10), 'tensorflowjs_converter'],
  ['a Keras 3 file', Uint8Array.of(0x50, 0x4b, 3, 4, 0), 'Keras 3'],
  ['a SavedModel', Uint8Array.of(8, 1, 0, 0, 18, 4), 'SavedModel'],
  ['a configuration alone', '{"class_name": "Sequential", "config": {}}', 'without weights'],
  ['some other JSON', '{"a": 1}', 'modelTopology'],
  ['a topology of nothing', '{"modelTopology": {}}', 'neither layers'],
])('%s is no model', async (_name, json, word) => {
  const content = typeof json === 'string' ? bytes(json) : json;
  await refused({ 'model.json': content }, 'invalid-file', word);
  await refused({ json: content, shards: () => Promise.resolve(undefined) }, 'invalid-file', word);
});

test('files without a model, and with two', async () => {
  await refused({ 'weights.bin': bytes('a') }, 'invalid-file', 'weights.bin', 'model.json');
  await refused(
    { 'a.json': bytes('{}'), 'b.json': bytes('{}') },
    'invalid-file',
    'a.json',
    'b.json',
  );
});

describe.each(['layers', 'graph'] as const)('shards of a %s model', (kind) => {
  const intact = (): Files => (kind === 'layers' ? dense : graph);
  const shard = (): Uint8Array => intact()['weights.bin']!;

  test('that is missing', async () => {
    await refused(
      { 'model.json': intact()['model.json']! },
      'invalid-file',
      'weights.bin',
      'missing',
    );
  });

  test('that is cut, or has bytes left over', async () => {
    await refused(
      { ...intact(), 'weights.bin': shard().slice(0, -1) },
      'invalid-file',
      'weights.bin',
      'cut off',
    );
    await refused(
      { ...intact(), 'weights.bin': Uint8Array.from([...shard(), 0, 0, 0, 0]) },
      'invalid-file',
      '4 are left over',
    );
  });

  test('that is a web page, or a pointer', async () => {
    await refused(
      { ...intact(), 'weights.bin': bytes('<!doctype html>404') },
      'invalid-file',
      'weights.bin',
      'web page',
    );
    const pointer = bytes('version https://git-lfs.github.com/spec/v1\n');
    await refused({ ...intact(), 'weights.bin': pointer }, 'invalid-file', 'git lfs pull');
  });

  test.each([
    '../weights.bin',
    '/weights.bin',
    'a/../../b',
    'https://host/a.bin',
    'C:\\a.bin',
    'a\\b.bin',
    '',
  ])('at the path %j', async (path) => {
    const files = withJson(
      intact(),
      (json) => ((json['weightsManifest'] as { paths: string[] }[])[0]!.paths = [path]),
    );
    await refused(files, 'invalid-file', path === '' ? 'name of a file' : 'leaves the folder');
  });

  test('with a value that is no number', async () => {
    const damaged = shard().slice();
    new DataView(damaged.buffer).setFloat32(8, NaN, true);
    await refused({ ...intact(), 'weights.bin': damaged }, 'invalid-file', 'value 2', 'NaN');
  });

  test.each<[string, unknown, string]>([
    ['shape', [1e10, 1e10], 'absurd'],
    ['shape', [2, -2], 'sizes'],
    ['shape', 'all', 'sizes'],
    ['shape', [2, 2, 2, 4], 'bytes'],
    ['dtype', 'complex64', 'complex64'],
    ['dtype', undefined, 'nothing'],
    ['name', 7, 'name'],
    ['quantization', { dtype: 'uint4' }, 'uint4'],
    ['quantization', { dtype: 'uint8', scale: 'big', min: 0 }, 'scale'],
    ['quantization', { dtype: 'uint8', scale: 1, min: 0 }, 'bytes'],
  ])('whose first weight has %s %j', async (field, value, word) => {
    const files = withJson(intact(), (json) => {
      const [group] = json['weightsManifest'] as { weights: Json[] }[];
      group!.weights[0]![field] = value;
    });
    await refused(files, 'invalid-file', word);
  });

  test('without the weights that the model needs', async () => {
    const files = withJson(intact(), (json) => delete json['weightsManifest']);
    await refused(files, 'invalid-file', kind === 'layers' ? 'conv/kernel' : '"w"');
  });
});

test('all classes of layers that are not supported, in one report', async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.embedding({ inputDim: 3, outputDim: 4, inputLength: 5, name: 'words' }),
      tf.layers.lstm({ units: 2, name: 'memory', returnSequences: true }),
      tf.layers.lstm({ units: 2, name: 'more' }),
    ],
  });
  await refused(
    await savedFiles(model),
    'unsupported-layer',
    'Embedding "words"',
    'LSTM "memory", "more"',
    'Supported: ',
  );
});

test('all operations that are not supported, in one report', async () => {
  const made = new GraphFiles();
  const x = made.input('x', [4]);
  made.node('Imag', 'c', [made.node('Real', 'b', [made.node('Imag', 'a', [x])])]);
  const listed = ['Supported: ', 'of constants and shapes only: '];
  await refused(made.files(), 'unsupported-operation', 'Imag "a", "c"', 'Real "b"', ...listed);
});

test('what Keras 3 writes is named', async () => {
  const files = withJson(
    dense,
    (json) => ((json['modelTopology'] as Json)['keras_version'] = '3.1.0'),
  );
  await refused(files, 'invalid-file', 'Keras 3', 'tensorflowjs_converter');
});

test('a free axis says how it is bound, and is', async () => {
  const made = new GraphFiles();
  made.node('Relu', 'o', [made.input('x', [-1, 3])]);
  await refused(made.files(), 'invalid-shape', 'axis 1 is free', '--shape x=SIZE,3');
  const network = await readTfjsModel(made.files(), { shapes: { x: [7, 3] } });
  expect(network.inputs[0]!.shape.slice(1)).toEqual([7, 3]);
  await expect(readTfjsModel(made.files(), { shapes: { y: [7, 3] } })).rejects.toThrow(
    'no such input',
  );
});

test('nodes and layers that wait for each other', async () => {
  const made = new GraphFiles();
  const x = made.input('x', [4]);
  made.node('AddV2', 'a', [x, 'b']);
  made.node('Relu', 'b', ['a']);
  made.node('Relu', 'o', ['b']);
  await refused(made.files(), 'invalid-file', 'cycle');
  const layer = (name: string, from: string): Json => ({
    class_name: 'ReLU',
    name,
    config: { name },
    inbound_nodes: [[[from, 0, 0, {}]]],
  });
  const config = {
    name: 'm',
    layers: [
      {
        class_name: 'InputLayer',
        name: 'x',
        config: { batch_input_shape: [null, 4] },
        inbound_nodes: [],
      },
      layer('a', 'b'),
      layer('b', 'a'),
    ],
    input_layers: [['x', 0, 0]],
    output_layers: [['b', 0, 0]],
  };
  const json = { modelTopology: { class_name: 'Functional', config } };
  await refused({ json, shards: () => Promise.resolve(undefined) }, 'invalid-file', 'circle');
});

/** All places in a JSON value. */
function placesOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, entry]) => placesOf(entry, [...path, key])),
  ];
}

const ODD: readonly unknown[] = [
  undefined,
  null,
  -1,
  1e30,
  0.5,
  '',
  'constructor',
  [],
  {},
  [null],
  true,
];

test.each(['layers', 'graph'] as const)(
  'a %s model with anything in any place is read or refused',
  async (kind) => {
    const files = kind === 'layers' ? dense : graph;
    const shards = () => Promise.resolve(files['weights.bin']);
    for (const path of placesOf(parse(files)).filter(({ length }) => length > 0)) {
      for (const odd of ODD) {
        const json = parse(files);
        const last = path.at(-1)!;
        const parent = path.slice(0, -1).reduce<Json>((node, key) => node[key] as Json, json);
        if (odd === undefined) Reflect.deleteProperty(parent, last);
        else parent[last] = odd;
        const failure: unknown = await readTfjsModel({ json, shards }).then(
          () => undefined,
          (cause: unknown) => cause,
        );
        if (failure !== undefined && !(failure instanceof PatternLensError))
          throw new Error(`${path.join('.')} = ${JSON.stringify(odd)}: ${messageOf(failure)}`, {
            cause: failure,
          });
      }
    }
  },
);
