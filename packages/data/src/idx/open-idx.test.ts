import { bytesSource } from '@patternlens/core';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openArray } from '../arrays/open-array.js';
import { readIdxLabels } from './read-idx-labels.js';

/** Bytes 0, 1, 2, ... of a shape. */
function idx(shape: readonly number[], type = 8, length?: number): Uint8Array {
  const size = length ?? shape.reduce((all, dim) => all * dim, 1);
  const bytes = new Uint8Array(4 + 4 * shape.length + size);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, type, shape.length]);
  for (const [axis, dim] of shape.entries()) view.setUint32(4 + 4 * axis, dim);
  for (let at = 0; at < size; at++) bytes[4 + 4 * shape.length + at] = at;
  return bytes;
}

const open = (bytes: Uint8Array): ReturnType<typeof openArray> =>
  openArray('digits-idx3-ubyte', bytesSource(bytes));

test('images are read as one channel of pixels', async () => {
  const array = await open(idx([4, 2, 3]));
  expect(array).toMatchObject({ format: 'idx', count: 4, shape: [1, 2, 3], pixels: true });
  const { data, shape } = await array.read(1, 2);
  expect(shape).toEqual([2, 1, 2, 3]);
  expect([...data]).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]);
  await expect(array.read(3, 2)).rejects.toMatchObject({ code: 'invalid-argument' });
});

test('channels come first, wherever they are in the file', async () => {
  const first = await open(idx([2, 3, 2, 2]));
  expect(first.shape).toEqual([3, 2, 2]);
  expect([...(await first.read(1, 1)).data]).toEqual([
    12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
  ]);
  const last = await open(idx([2, 2, 2, 3]));
  expect(last.shape).toEqual([3, 2, 2]);
  expect([...(await last.read(0, 2)).data]).toEqual([
    0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11, 12, 15, 18, 21, 13, 16, 19, 22, 14, 17, 20, 23,
  ]);
  const gray = await open(idx([2, 2, 2, 1]));
  expect(gray.shape).toEqual([1, 2, 2]);
  expect([...(await gray.read(1, 1)).data]).toEqual([4, 5, 6, 7]);
});

test.each([
  ['cut off', idx([4, 2, 3], 8, 20), '24 bytes of elements for [4, 2, 3], got 20'],
  ['too long', idx([4, 2, 3], 8, 25), 'got 25'],
  ['cut off in its header', idx([4, 2, 3]).subarray(0, 10), 'expected 16 bytes or more, got 10'],
  ['claiming 2^96 elements', idx([4294967295, 4294967295, 4294967295], 8, 9), 'got 9'],
  ['of floats', idx([1, 2, 2], 0x0d, 16), '32-bit floats (type 0x0d)'],
  ['of labels', idx([5]), 'got 5 labels'],
  ['of vectors', idx([5, 4]), '[5, 4]'],
  ['of other channels', idx([2, 5, 4, 4]), '[2, 5, 4, 4]'],
  ['without images', idx([0, 28, 28]), 'The file holds none'],
])('a file %s is refused', async (_, bytes, sentence) => {
  const opening = open(bytes);
  await expect(opening).rejects.toMatchObject({
    code: 'invalid-file',
    subject: { file: 'digits-idx3-ubyte' },
  });
  await expect(opening).rejects.toThrow(sentence);
});

test('labels are read, compressed or not', async () => {
  expect([...(await readIdxLabels('l', bytesSource(idx([4]))))]).toEqual([0, 1, 2, 3]);
  expect([...(await readIdxLabels('l.gz', bytesSource(gzipSync(idx([4])))))]).toEqual([0, 1, 2, 3]);
  await expect(readIdxLabels('l', bytesSource(idx([1, 2, 2])))).rejects.toThrow(
    'labels (one axis)',
  );
  await expect(readIdxLabels('l', bytesSource(Buffer.from('hello')))).rejects.toThrow(
    'an IDX file',
  );
  await expect(
    readIdxLabels('l.gz', bytesSource(gzipSync(idx([4]))), { limit: 5 }),
  ).rejects.toThrow('no more than 5 bytes');
});

const mnist = join(__dirname, '../../../../../shared/data/mnist');
const file = (name: string): ReturnType<typeof bytesSource> =>
  bytesSource(readFileSync(join(mnist, name)));

(existsSync(mnist) ? test : test.skip)('MNIST', async () => {
  const name = 't10k-images-idx3-ubyte.gz';
  const array = await openArray(name, file(name));
  expect(array).toMatchObject({ format: 'idx', count: 3000, shape: [1, 28, 28] });
  const labels = await readIdxLabels(name, file('t10k-labels-idx1-ubyte.gz'));
  expect(labels).toHaveLength(3000);
  expect(Math.max(...labels)).toBe(9);
  const { data } = await array.read(0, 3000);
  // A digit is bright strokes on black: a zero is emptier in its centre than a one.
  const centre = (label: number): number => {
    let sum = 0;
    let count = 0;
    for (const [at, expected] of labels.entries()) {
      if (expected !== label) continue;
      count++;
      sum += data[at * 784 + 14 * 28 + 14]!;
    }
    return sum / count;
  };
  expect(centre(0)).toBeLessThan(30);
  expect(centre(1)).toBeGreaterThan(150);
  await expect(openArray(name, file('t10k-labels-idx1-ubyte.gz'))).rejects.toThrow('3000 labels');
});
