import { externalOnnx } from '../testing/external-onnx.js';
import { given } from '../testing/given.js';
import { graphFiles, layersFiles, type NamedFiles } from '../testing/tfjs-files.js';
import { collectModel, readModelFiles } from './model-files.js';

const others = (files: NamedFiles) =>
  Object.entries(files)
    .filter(([name]) => name !== 'model.json')
    .map(([name, bytes]) => given(name, bytes));

test.each([
  ['layers', layersFiles()],
  ['graph', graphFiles()],
])('a %s model of TensorFlow.js takes its shards and leaves the rest', async (_kind, files) => {
  const samples = given('samples.npy', 'x');
  const main = given('model.json', files['model.json']!);
  const collected = await collectModel('tfjs', main, [...others(files), samples]);
  expect(collected.left).toEqual([samples]);
  expect(Object.keys(collected.files.beside)).toEqual([
    'group1-shard1of2.bin',
    'group1-shard2of2.bin',
  ]);
  expect(collected.network.inputs.map(({ shape }) => shape.slice(1))).toEqual([[4]]);
  const again = await readModelFiles(structuredClone(collected.files));
  expect(again.layers.map(({ kind }) => kind)).toEqual(
    collected.network.layers.map(({ kind }) => kind),
  );
});

test('a shard that is missing is named', async () => {
  const files = layersFiles();
  const [first] = others(files);
  await expect(
    collectModel('tfjs', given('model.json', files['model.json']!), [first!]),
  ).rejects.toThrow('group1-shard2of2.bin');
});

test('an ONNX model takes its weights by name, from whatever folder it names', async () => {
  const weights = new Uint8Array(Float32Array.from({ length: 12 }, (_, at) => at).buffer);
  const file = given('model.onnx', externalOnnx('data/weights.bin'));
  const cifar = given('test_batch.bin', 'samples');
  const collected = await collectModel('onnx', file, [cifar, given('weights.bin', weights)]);
  expect(collected.left).toEqual([cifar]);
  const { layers } = await readModelFiles(collected.files);
  const read = Object.values(layers.find(({ kind }) => kind === 'dense')!.parameters).map(
    (parameter) => parameter.tensor.data,
  );
  expect([...read[0]!].sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, at) => at));
  await expect(collectModel('onnx', file, [cifar])).rejects.toThrow('data/weights.bin');
});
