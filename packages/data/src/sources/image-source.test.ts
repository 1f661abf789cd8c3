import { PatternLensError } from '@patternlens/core';
import { BATCH } from '@patternlens/core/tensor';
import type { Geometry } from '../preprocessing/plan-geometry.js';
import type { Pixels } from '../preprocessing/pixels.js';
import { imageSource, type ImageFile } from './image-source.js';

const file = (name: string, ...bytes: number[]): ImageFile => ({
  name,
  bytes: () => Promise.resolve(Uint8Array.from(bytes)),
});
const files = [1, 2, 3, 4, 5, 6].map((value) => file(`${value}.png`, value));
/** Images of one colour, (value, 2 value, 3 value), in the size that a network takes. */
const decode = (bytes: Uint8Array): Promise<Pixels> =>
  Promise.resolve({
    data: Uint8Array.from({ length: 12 }, (_, at) => bytes[0]! * ((at % 3) + 1)),
    width: 2,
    height: 2,
    channels: 3,
  });
const inputShape = [BATCH, 3, 2, 2];

test('images come in order, preprocessed, in the layout of the network', async () => {
  const source = imageSource(files, { decode, inputShape, preprocessing: { scale: 10 } });
  expect(source.count).toBe(6);
  expect(source.names).toEqual(['1.png', '2.png', '3.png', '4.png', '5.png', '6.png']);
  const { data, shape } = await source.read(1, 5);
  expect(shape).toEqual([5, 3, 2, 2]);
  expect(data).toHaveLength(60);
  expect([0, 1, 2, 3, 4].map((index) => [data[index * 12], data[index * 12 + 11]])).toEqual([
    [20, 60],
    [30, 90],
    [40, 120],
    [50, 150],
    [60, 180],
  ]);
  const last = imageSource(files, { decode, inputShape: [BATCH, 2, 2, 3] });
  expect([...(await last.read(0, 1)).data].slice(0, 6)).toEqual([1, 2, 3, 1, 2, 3]);
  const flat = imageSource(files, { decode, inputShape: [BATCH, 4] });
  const gray = await flat.read(3, 1);
  expect(gray.shape).toEqual([1, 4]);
  expect(gray.data[3]).toBe(Math.fround(0.299 * 4 + 0.587 * 8 + 0.114 * 12));
});

test('the library is told what to do with sizes', async () => {
  const asked: Geometry[] = [];
  const watching = (bytes: Uint8Array, geometry: Geometry): Promise<Pixels> => {
    asked.push(geometry);
    return decode(bytes);
  };
  await imageSource(files, { decode: watching, inputShape }).read(0, 1);
  const preprocessing = { resize: 4, crop: 2 };
  await imageSource(files, { decode: watching, inputShape, preprocessing }).read(0, 1);
  expect(asked).toEqual([{ fallbackSize: [2, 2] }, { resize: 4, crop: 2, fallbackSize: [2, 2] }]);
});

test('no more than four images are decoded at once', async () => {
  const waiting: (() => void)[] = [];
  const together: number[] = [];
  let begun = 0;
  // Four wait for one another, then the last two do; a fifth that came too early would be among the first.
  const slow = async (bytes: Uint8Array): Promise<Pixels> => {
    begun++;
    const turn = new Promise<void>((resolve) => waiting.push(resolve));
    if (waiting.length === 4 || begun === files.length) {
      setImmediate(() => {
        together.push(waiting.length);
        for (const go of waiting.splice(0)) go();
      });
    }
    await turn;
    return decode(bytes);
  };
  await imageSource(files, { decode: slow, inputShape }).read(0, 6);
  expect(together).toEqual([4, 2]);
});

test('a file that is no image is told by its name', async () => {
  const cause = new Error('unsupported image format');
  const source = imageSource([...files, file('notes.txt', 0)], {
    decode: (bytes) => (bytes[0] === 0 ? Promise.reject(cause) : decode(bytes)),
    inputShape,
  });
  const reading = source.read(0, 7);
  await expect(reading).rejects.toMatchObject({
    code: 'invalid-file',
    subject: { file: 'notes.txt' },
    cause,
  });
  await expect(reading).rejects.toThrow('unsupported image format');
  const cancellation = new PatternLensError('data', 'cancelled', 'stopped');
  const cancelled = imageSource(files, { decode: () => Promise.reject(cancellation), inputShape });
  await expect(cancelled.read(0, 1)).rejects.toBe(cancellation);
});

test('an image of another size is told with what the network takes', async () => {
  const source = imageSource(files, { decode, inputShape: [BATCH, 3, 4, 4] });
  const reading = source.read(2, 1);
  await expect(reading).rejects.toMatchObject({
    code: 'invalid-shape',
    subject: { file: '3.png' },
  });
  await expect(reading).rejects.toThrow(
    '"3.png": expected 4 x 4 pixels for the network\'s input [N, 3, 4, 4], got 2 x 2.',
  );
});

test('pixels that a library got wrong are noticed', async () => {
  const wrong = async (bytes: Uint8Array): Promise<Pixels> => ({
    ...(await decode(bytes)),
    width: 3,
  });
  await expect(imageSource(files, { decode: wrong, inputShape }).read(0, 1)).rejects.toMatchObject({
    code: 'invalid-argument',
    subject: { file: '1.png' },
  });
});

test('what can be known before reading is told before', () => {
  expect(() => imageSource(files, { decode, inputShape: [BATCH, 5, 2, 2] })).toThrow(
    expect.objectContaining({ code: 'invalid-shape' }) as Error,
  );
  const preprocessing = { channels: 'rgb' as const };
  expect(() => imageSource(files, { decode, inputShape: [BATCH, 1, 2, 2], preprocessing })).toThrow(
    expect.objectContaining({ code: 'invalid-argument' }) as Error,
  );
});

test('images beyond the last do not exist', async () => {
  const source = imageSource(files, { decode, inputShape });
  await expect(source.read(5, 2)).rejects.toMatchObject({ code: 'invalid-argument' });
});
