import { PatternLensError } from '@patternlens/core';
import { BATCH } from '@patternlens/core/tensor';
import type { ImageDecoder } from '../preprocessing/image-decoder.js';
import type { Pixels } from '../preprocessing/pixels.js';
import type { Preprocessing } from '../preprocessing/preprocessing.js';
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

test('sizes are a matter of the preprocessing', async () => {
  // Columns of 0, 60, 120 and 180 in each of four rows.
  const steps: ImageDecoder['decode'] = () =>
    Promise.resolve({
      data: Uint8Array.from({ length: 16 }, (_, at) => 60 * (at % 4)),
      width: 4,
      height: 4,
      channels: 1,
    });
  const read = async (preprocessing: Preprocessing): Promise<number[]> => {
    const options = { decode: steps, inputShape: [BATCH, 1, 2, 2], preprocessing };
    return [...(await imageSource(files, options).read(0, 1)).data];
  };
  // Weights of 3, 3 and 1 of 7, as the triangle is cut at the border.
  const halved = [(3 * 60 + 120) / 7, (60 + 3 * 120 + 3 * 180) / 7].map(Math.round);
  expect(await read({})).toEqual([...halved, ...halved]);
  expect(await read({ resize: 2 })).toEqual([...halved, ...halved]);
  expect(await read({ resize: 2, resample: 'nearest' })).toEqual([60, 180, 60, 180]);
  expect(await read({ crop: 2 })).toEqual([60, 120, 60, 120]);
  expect(await read({ resize: [4, 4], crop: [2, 2] })).toEqual([60, 120, 60, 120]);
});

test('what is transparent shows white before it is resized', async () => {
  const data = Uint8Array.of(0, 255, 0, 0);
  const half = {
    decode: () => Promise.resolve({ data, width: 2, height: 1, channels: 2 as const }),
  };
  const preprocessing = { resize: [1, 1] } as const;
  const source = imageSource(files, { ...half, inputShape: [BATCH, 1, 1, 1], preprocessing });
  expect([...(await source.read(0, 1)).data]).toEqual([128]);
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
  const source = imageSource(files, {
    decode,
    inputShape: [BATCH, 3, 4, 4],
    preprocessing: { crop: 2 },
  });
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
