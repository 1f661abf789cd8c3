import { bytesSource } from '@patternlens/core';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openArray } from '../arrays/open-array.js';

/** Records whose planes are filled with 10, 20, 30 and the record's index. */
function records(labels: readonly (readonly number[])[]): Uint8Array {
  return Buffer.concat(
    labels.map((bytes, index) =>
      Buffer.concat([
        Buffer.from(bytes),
        ...[10, 20, 30].map((value) => Buffer.alloc(1024, value + index)),
      ]),
    ),
  );
}

const open = (bytes: Uint8Array, name = 'batch.bin'): ReturnType<typeof openArray> =>
  openArray(name, bytesSource(bytes));

test('CIFAR-10', async () => {
  const array = await open(records([[3], [9], [0]]));
  expect(array).toMatchObject({ format: 'cifar-10', count: 3, shape: [3, 32, 32], pixels: true });
  expect([...array.labels!]).toEqual([3, 9, 0]);
  const { data, shape } = await array.read(1, 2);
  expect(shape).toEqual([2, 3, 32, 32]);
  expect([data[0], data[1023], data[1024], data[2048], data[3071]]).toEqual([11, 11, 21, 31, 31]);
  expect([data[3072], data[6143]]).toEqual([12, 32]);
  await expect(array.read(2, 2)).rejects.toMatchObject({ code: 'invalid-argument' });
});

test('CIFAR-100 has the fine label second', async () => {
  const array = await open(
    gzipSync(
      records([
        [19, 99],
        [0, 1],
      ]),
    ),
    'train.bin.gz',
  );
  expect(array).toMatchObject({ format: 'cifar-100', count: 2 });
  expect([...array.labels!]).toEqual([99, 1]);
  expect((await array.read(1, 1)).data[2047]).toBe(21);
});

test('more records than are read at once', async () => {
  const labels = Array.from({ length: 600 }, (_, at) => [at % 10]);
  const array = await open(records(labels));
  expect([...array.labels!]).toEqual(labels.flat());
});

test('a length that fits both is decided by the labels', async () => {
  // 3073 records of 3074 bytes are as long as 3074 records of 3073.
  const cifar10 = await open(records(Array.from({ length: 3074 }, () => [7])));
  expect(cifar10).toMatchObject({ format: 'cifar-10', count: 3074 });
  const cifar100 = await open(records(Array.from({ length: 3073 }, () => [12, 50])));
  expect(cifar100).toMatchObject({ format: 'cifar-100', count: 3073 });
});

test('black pixels that look like an IDX signature are pixels', async () => {
  const bytes = Uint8Array.from(records([[0], [1]]));
  bytes.set([0, 0, 8, 3], 0);
  expect(await open(bytes)).toMatchObject({ format: 'cifar-10', count: 2 });
});

test.each([
  ['cut off', records([[3], [4]]).subarray(0, 6000), 'got 6000 bytes'],
  ['with a label of its own', records([[3], [10]]), '10 in record 1'],
  ['with a coarse label of its own', records([[20, 3]]), '20 in record 0'],
])('a file %s is refused', async (_, bytes, sentence) => {
  const opening = open(bytes);
  await expect(opening).rejects.toMatchObject({
    code: 'invalid-file',
    subject: { file: 'batch.bin' },
  });
  await expect(opening).rejects.toThrow(sentence);
});

const cifar = join(__dirname, '../../../../../shared/data/cifar10/test.bin');
(existsSync(cifar) ? test : test.skip)('the test images of CIFAR-10', async () => {
  const array = await open(readFileSync(cifar));
  expect(array).toMatchObject({ format: 'cifar-10', count: 846 });
  expect(new Set(array.labels).size).toBe(10);
  const { data } = await array.read(0, 846);
  // Planes are smooth, as photos are: a pixel is like its right-hand neighbour, not like chance.
  let apart = 0;
  for (let at = 0; at < data.length; at += 32) apart += Math.abs(data[at]! - data[at + 1]!);
  expect(apart / (data.length / 32)).toBeLessThan(20);
});
