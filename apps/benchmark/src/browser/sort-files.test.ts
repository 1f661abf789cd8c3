import { given } from '../testing/given.js';
import { layersFiles } from '../testing/tfjs-files.js';
import { sortFiles } from './sort-files.js';

const names = (files: readonly { readonly name: string }[]): readonly string[] =>
  files.map(({ name }) => name);

test('no files: the bundled network', async () => {
  expect((await sortFiles([])).model).toBeUndefined();
});

test('an ONNX model with images, preprocessing, weights and arrays', async () => {
  const given_ = ['a.JPG', 'weights.data', 'net.onnx', 'net.preprocess.json', 'b.png', 'x.npy'];
  const sorted = await sortFiles(given_.map((name) => given(name, '')));
  expect([sorted.model?.format, sorted.model?.file.name]).toEqual(['onnx', 'net.onnx']);
  expect(names(sorted.images)).toEqual(['a.JPG', 'b.png']);
  expect(sorted.preprocessing?.name).toBe('net.preprocess.json');
  expect(names(sorted.others)).toEqual(['weights.data', 'x.npy']);
});

test('a model of TensorFlow.js is known by what its JSON holds', async () => {
  const files = layersFiles();
  const shards = Object.keys(files).filter((name) => name !== 'model.json');
  const sorted = await sortFiles([
    ...shards.map((name) => given(name, files[name]!)),
    given('mine.json', files['model.json']!),
  ]);
  expect([sorted.model?.format, sorted.model?.file.name]).toEqual(['tfjs', 'mine.json']);
  expect(names(sorted.others)).toEqual(shards);
});

test('arrays alone are samples of the bundled network', async () => {
  const sorted = await sortFiles(
    ['t10k-images-idx3-ubyte', 'x.npy'].map((name) => given(name, '')),
  );
  expect(sorted.model).toBeUndefined();
  expect(names(sorted.others)).toEqual(['t10k-images-idx3-ubyte', 'x.npy']);
});

test('a file of another format is left to the reader, which names it', async () => {
  expect((await sortFiles([given('net.pt', '')])).model?.file.name).toBe('net.pt');
});

test.each([
  [['a.onnx', 'b.onnx'], 'expected one model, got a.onnx, b.onnx.'],
  [['net.onnx', 'labels.json'], 'labels.json is neither the model.json'],
])('%s are refused by name', async (given_, sentence) => {
  await expect(sortFiles(given_.map((name) => given(name, '{}')))).rejects.toThrow(sentence);
});
