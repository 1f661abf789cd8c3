import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesSource } from '@patternlens/core';
import { BATCH } from '@patternlens/core/tensor';
import { openArray } from '../arrays/open-array.js';
import type { OpenedArray } from '../arrays/opened-array.js';
import { generatedSource } from '../generated/generated-source.js';
import { encodeNpy } from '../npy/encode-npy.js';
import { readNpy } from '../npy/read-npy.js';
import type { Preprocessing } from '../preprocessing/preprocessing.js';
import { arraySource } from './array-source.js';

/** An array of pixels that counts up, modulo 256. */
function counting(count: number, shape: readonly number[]): OpenedArray {
  const each = shape.reduce((all, dim) => all * dim, 1);
  return {
    name: 'digits',
    format: 'idx',
    count,
    shape,
    pixels: true,
    labels: Uint8Array.from({ length: count }, (_, at) => at),
    read: (first, wanted) =>
      Promise.resolve({
        data: Float32Array.from({ length: wanted * each }, (_, at) => (first * each + at) % 256),
        shape: [wanted, ...shape],
      }),
  };
}
const npy = (shape: number[], data: Float64Array): Promise<OpenedArray> =>
  openArray('batch.npy', bytesSource(encodeNpy({ data, shape })));

test.each([
  [
    [1, 2, 2],
    [4, 5, 6, 7],
  ],
  [
    [2, 2, 1],
    [4, 5, 6, 7],
  ],
  [
    [2, 2],
    [4, 5, 6, 7],
  ],
  [[4], [4, 5, 6, 7]],
  [
    [3, 2, 2],
    [4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7],
  ],
  [
    [2, 2, 3],
    [4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 7],
  ],
])('gray pixels for an input of [N, %j]', async (sizes, values) => {
  const source = arraySource(counting(3, [1, 2, 2]), { inputShape: [BATCH, ...sizes] });
  expect(source).toMatchObject({ name: 'digits', count: 3 });
  expect([...source.labels!]).toEqual([0, 1, 2]);
  const { data, shape } = await source.read(1, 1);
  expect(shape).toEqual([1, ...sizes]);
  expect([...data]).toEqual(values);
});

test('coloured pixels for inputs with the channels elsewhere', async () => {
  const array = counting(2, [3, 1, 2]);
  const last = arraySource(array, { inputShape: [BATCH, 1, 2, 3], layout: 'channels-last' });
  expect([...(await last.read(0, 2)).data]).toEqual([0, 2, 4, 1, 3, 5, 6, 8, 10, 7, 9, 11]);
  const flat = arraySource(array, { inputShape: [BATCH, 6] });
  expect([...(await flat.read(1, 1)).data]).toEqual([6, 7, 8, 9, 10, 11]);
  const interleaved = arraySource(array, { inputShape: [BATCH, 6], layout: 'channels-last' });
  expect([...(await interleaved.read(0, 1)).data]).toEqual([0, 2, 4, 1, 3, 5]);
  const preprocessing = { channels: 'bgr', mean: [1, 0, 0], std: [2] } as const;
  const bgr = arraySource(array, { inputShape: [BATCH, 3, 1, 2], preprocessing });
  expect([...(await bgr.read(0, 1)).data]).toEqual([1.5, 2, 1, 1.5, 0, 0.5]);
});

test('pixels are resized and cropped', async () => {
  const array = counting(1, [1, 4, 4]);
  const read = async (preprocessing: Preprocessing): Promise<number[]> => {
    const options = { inputShape: [BATCH, 1, 2, 2], preprocessing };
    return [...(await arraySource(array, options).read(0, 1)).data];
  };
  expect(await read({ crop: 2 })).toEqual([5, 6, 9, 10]);
  expect(await read({ resize: 2, resample: 'nearest' })).toEqual([5, 7, 13, 15]);
  // Weights of 3, 3 and 1 sevenths, along rows first, where values are rounded; rows are 4 apart.
  const along = [(0 + 3 + 2) / 7, (1 + 6 + 9) / 7].map(Math.round);
  expect(await read({ resize: 2 })).toEqual([
    ...along.map((value) => Math.round((3 * value + 3 * (value + 4) + (value + 8)) / 7)),
    ...along.map((value) => Math.round((value + 4 + 3 * (value + 8) + 3 * (value + 12)) / 7)),
  ]);
});

test('pixels of another size are told with what the network takes', () => {
  expect(() => arraySource(counting(1, [1, 28, 28]), { inputShape: [BATCH, 3, 32, 32] })).toThrow(
    expect.objectContaining({
      code: 'invalid-shape',
      subject: { file: 'digits' },
      message: expect.stringContaining(
        "images of 32 x 32 for the network's input [N, 3, 32, 32], got 28 x 28",
      ) as string,
    }) as Error,
  );
});

test('what is in model space is never preprocessed, and becomes float32', async () => {
  const array = await npy([2, 3], Float64Array.of(0.1, 1, 2, 3, 4, 255));
  const source = arraySource(array, { inputShape: [BATCH, 3], preprocessing: { scale: 2 } });
  const { data, shape } = await source.read(0, 2);
  expect(shape).toEqual([2, 3]);
  expect([...data]).toEqual([0.1, 1, 2, 3, 4, 255].map(Math.fround));
  expect(source.labels).toBeUndefined();
  const double: OpenedArray = {
    ...array,
    read: () => Promise.resolve({ data: Float64Array.of(0.1, 1, 2), shape: [1, 3] }),
  };
  const rounded = await arraySource(double, { inputShape: [BATCH, 3] }).read(0, 1);
  expect(rounded.data).toEqual(Float32Array.of(0.1, 1, 2));
});

test.each([[[4]], [[3, 1]], [[]], [[1, 3]]])(
  'model space of another shape, [N, %j], is refused',
  async (sizes) => {
    const array = await npy([2, 3], new Float64Array(6));
    expect(() => arraySource(array, { inputShape: [BATCH, ...sizes] })).toThrow(
      expect.objectContaining({
        code: 'invalid-shape',
        subject: { file: 'batch.npy' },
        message: expect.stringContaining('got [N, 3]') as string,
      }) as Error,
    );
  },
);

test('generated data is in model space', async () => {
  const generated = generatedSource({ count: 3 });
  const source = arraySource(generated, { inputShape: [BATCH, 3, 16, 16] });
  expect(source.labels).toEqual(generated.labels);
  expect(await source.read(1, 1)).toEqual(await generated.read(1, 1));
});

const shared = join(__dirname, '../../../../../shared/data');
const digits = 'mnist/t10k-images-idx3-ubyte.gz';
const inputs = 'models/mnist-cnn.inputs.npy';
const there = [digits, inputs].every((name) => existsSync(join(shared, name)));
(there ? test : test.skip)('MNIST, preprocessed, is what a network was given', async () => {
  const at = (name: string): ReturnType<typeof bytesSource> =>
    bytesSource(readFileSync(join(shared, name)));
  const source = arraySource(await openArray(digits, at(digits)), {
    inputShape: [BATCH, 1, 28, 28],
    preprocessing: { scale: 1 / 255 },
  });
  const { data: all } = await source.read(0, source.count);
  const given = await readNpy(inputs, at(inputs));
  for (let sample = 0; sample < given.shape[0]!; sample++) {
    const wanted = given.data.subarray(sample * 784, (sample + 1) * 784);
    const found = Array.from({ length: source.count }, (_, index) => index).find((index) =>
      wanted.every((value, pixel) => Math.abs(value - all[index * 784 + pixel]!) < 1e-6),
    );
    expect(found).toBeDefined();
  }
});
