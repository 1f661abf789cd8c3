import fc from 'fast-check';
import type { Pixels } from './pixels.js';
import { preprocessPixels } from './preprocess-pixels.js';
import type { Preprocessing } from './preprocessing.js';
import { restorePixels } from './restore-pixels.js';

const pixels = (channels: 1 | 2 | 3 | 4, width: number, ...data: number[]): Pixels => ({
  data: Uint8Array.from(data),
  width,
  height: data.length / channels / width,
  channels,
});
/** A red-ish and a blue-ish pixel. */
const two = pixels(3, 2, 200, 100, 50, 10, 20, 240);
const run = (...args: Parameters<typeof preprocessPixels>): number[] => [
  ...preprocessPixels(...args),
];

test('nothing asked leaves the pixels, in the layout that is wanted', () => {
  expect(run(two, {}, 'channels-first', 3)).toEqual([200, 10, 100, 20, 50, 240]);
  expect(run(two, {}, 'channels-last', 3)).toEqual([200, 100, 50, 10, 20, 240]);
});

test('bgr has blue first, and its means too', () => {
  const bgr: Preprocessing = { channels: 'bgr', mean: [104, 117, 123] };
  expect(run(two, bgr, 'channels-first', 3)).toEqual([-54, 136, -17, -97, 77, -113]);
  expect(run(two, bgr, 'channels-last', 3)).toEqual([-54, -17, 77, 136, -97, -113]);
});

test('scale, then mean, then deviation, rounded once to float32', () => {
  const usual: Preprocessing = {
    scale: 1 / 255,
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
  };
  expect(run(two, usual, 'channels-last', 3).slice(0, 3)).toEqual(
    [
      (200 * (1 / 255) - 0.485) / 0.229,
      (100 * (1 / 255) - 0.456) / 0.224,
      (50 * (1 / 255) - 0.406) / 0.225,
    ].map(Math.fround),
  );
  expect(run(two, { mean: [100], std: [2] }, 'channels-last', 3)[0]).toBe(50);
});

test('colour becomes gray by its luminance', () => {
  const luminance = [
    0.299 * 200 + 0.587 * 100 + 0.114 * 50,
    0.299 * 10 + 0.587 * 20 + 0.114 * 240,
  ].map(Math.fround);
  expect(run(two, {}, 'channels-first', 1)).toEqual(luminance);
  expect(run(two, { channels: 'gray' }, 'channels-first', 3)).toEqual([
    ...luminance,
    ...luminance,
    ...luminance,
  ]);
});

test('gray stays exactly what it is, and fills all channels', () => {
  const gray = pixels(1, 2, 77, 255);
  expect(run(gray, {}, 'channels-first', 1)).toEqual([77, 255]);
  expect(run(gray, {}, 'channels-last', 3)).toEqual([77, 77, 77, 255, 255, 255]);
  expect(run(gray, { channels: 'bgr', mean: [1, 2, 3] }, 'channels-first', 3)).toEqual([
    76, 254, 75, 253, 74, 252,
  ]);
});

test('what is transparent shows white', () => {
  const image = pixels(4, 3, 10, 20, 30, 255, 10, 20, 30, 0, 0, 100, 255, 51);
  expect(run(image, {}, 'channels-last', 3)).toEqual(
    [10, 20, 30, 255, 255, 255, 204, 20 + 204, 51 + 204].map(Math.fround),
  );
  expect(run(pixels(2, 2, 100, 255, 100, 0), {}, 'channels-first', 1)).toEqual([100, 255]);
});

test.each([
  [{ channels: 'rgb' }, 1, 'channels "gray"'],
  [{ mean: [1, 2, 3] }, 1, 'mean of 1 or 1 numbers'],
  [{ std: [1, 2, 3] }, 1, 'std of 1 or 1 numbers'],
  [{}, 4, '1 or 3 channels'],
] as const)('%j for %d channels is refused', (preprocessing, channels, sentence) => {
  expect(() => run(two, preprocessing, 'channels-first', channels)).toThrow(
    expect.objectContaining({
      code: 'invalid-argument',
      message: expect.stringContaining(sentence) as string,
    }) as Error,
  );
});

test('pixels that do not fill their image are refused', () => {
  expect(() => run({ ...two, width: 3 }, {}, 'channels-first', 3)).toThrow('6 values');
});

test('what was preprocessed is restored, whatever the preprocessing', () => {
  const perChannel = (least: number): fc.Arbitrary<number[]> =>
    fc.array(fc.double({ min: least, max: 100, noNaN: true }), { minLength: 3, maxLength: 3 });
  const preprocessings = fc.record({
    channels: fc.constantFrom('rgb' as const, 'bgr' as const),
    scale: fc.double({ min: 0.003, max: 2, noNaN: true }),
    mean: perChannel(-100),
    std: perChannel(0.1),
  });
  const images = fc.uint8Array({ minLength: 12, maxLength: 12 });
  const layouts = fc.constantFrom('channels-first' as const, 'channels-last' as const);
  fc.assert(
    fc.property(preprocessings, images, layouts, (preprocessing, data, layout) => {
      const values = preprocessPixels(
        { data, width: 2, height: 2, channels: 3 },
        preprocessing,
        layout,
        3,
      );
      const size = { width: 2, height: 2 };
      const restored = restorePixels(values, size, preprocessing, layout);
      expect(restored).toMatchObject({ ...size, channels: 3 });
      expect([...restored.data]).toEqual([...data]);
    }),
  );
});

test('restored pixels are cut to 0 and 255, and gray stays one channel', () => {
  const restored = restorePixels(
    [-5, 300, NaN, 99.6],
    { width: 2, height: 2 },
    {},
    'channels-first',
  );
  expect(restored.channels).toBe(1);
  expect([...restored.data]).toEqual([0, 255, 0, 100]);
  expect(() => restorePixels([1, 2], { width: 1, height: 1 }, {}, 'channels-first')).toThrow(
    '1 or 3 values',
  );
});
