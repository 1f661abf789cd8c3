import { BATCH } from '@patternlens/core/tensor';
import { filesByPath, imagesOf, isBytes, modelAmong } from './given-files.js';
import { pagePlatform } from '../platforms/page-platform.js';

const bytes = Uint8Array.of(1, 2);
const named = (name: string, path = ''): File =>
  Object.assign(new File([bytes], name), { webkitRelativePath: path });

test('what holds the bytes of one file', () => {
  const yes = ['a.onnx', new URL('file:///a'), bytes, bytes.buffer, new Blob([bytes]), named('a')];
  expect(yes.map(isBytes)).toEqual(yes.map(() => true));
  expect([undefined, null, 3, [], {}, new Map(), [bytes]].map(isBytes)).not.toContain(true);
});

test('files of a model are found by their paths, however they come', () => {
  const folder = 'net/model.json';
  for (const given of [
    { [folder]: bytes, 'net/a.bin': bytes },
    new Map([
      [folder, bytes],
      ['net/a.bin', bytes],
    ]),
    [named('model.json', folder), named('a.bin', 'net/a.bin')],
  ])
    expect([...filesByPath(given)!.keys()]).toEqual([folder, 'net/a.bin']);
  for (const none of [3, [], [bytes], { shape: [BATCH] }, undefined])
    expect(filesByPath(none)).toBeUndefined();
});

test.each([
  [['a.bin', 'model.json'], 'model.json'],
  [['x.json', 'net.onnx', 'net.onnx.preprocess.json'], 'net.onnx'],
  [['tf.json', 'tf.preprocess.json', 'a.bin'], 'tf.json'],
])('of %p the model is %s', (names, model) => {
  expect(modelAmong(new Map(names.map((name) => [name, bytes]))).name).toBe(model);
});

test.each([
  [['a.bin'], 'none of a.bin is a model'],
  [[], 'none of no files is a model'],
  [['a.onnx', 'b.onnx'], 'both "a.onnx" and "b.onnx"'],
])('of %p none is, or several are', (names, sentence) => {
  expect(() => modelAmong(new Map(names.map((name) => [name, bytes])))).toThrow(sentence);
});

test('what lies beside a file of a list is found from its folder', async () => {
  const model = modelAmong(
    new Map([
      ['net/model.json', bytes],
      ['net/shards/1.bin', Uint8Array.of(7)],
      ['1.bin', bytes],
    ]),
  );
  const shard = await (await model.beside('shards/1.bin'))!.open();
  expect([...(await shard.read(0, 1))]).toEqual([7]);
  expect(await model.beside('1.bin')).toBeUndefined();
});

describe('images', () => {
  const opened = (given: unknown) => imagesOf(given, pagePlatform, 'images');

  test('are one or several, each with its name', async () => {
    const given = [named('a.png'), bytes, Promise.resolve(new Blob([bytes])), 'https://x/b.png?c'];
    const { files } = await opened(given);
    expect(files.map(({ name, fileName }) => [name, fileName])).toEqual([
      ['a.png', 'a.png'],
      ['image 2', 'image 2'],
      ['image 3', 'image 3'],
      ['https://x/b.png?c', 'b.png'],
    ]);
    expect((await opened(bytes)).files).toHaveLength(1);
  });

  test.each([
    [undefined, 'got undefined'],
    [[], 'there are none'],
    [[bytes, 3], 'got 3 as number 2'],
    [{ a: 1 }, 'got an object'],
  ])('that are %p are refused', async (given, sentence) => {
    await expect(opened(given)).rejects.toThrow(sentence);
  });
});
