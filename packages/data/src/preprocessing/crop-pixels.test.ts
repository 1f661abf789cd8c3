import { cropPixels } from './crop-pixels.js';
import type { Pixels } from './pixels.js';

const image: Pixels = {
  data: Uint8Array.from({ length: 24 }, (_, at) => at),
  width: 4,
  height: 3,
  channels: 2,
};

test('a part of an image', () => {
  const part = cropPixels(image, { left: 1, top: 1, width: 2, height: 2 });
  expect(part).toMatchObject({ width: 2, height: 2, channels: 2 });
  expect([...part.data]).toEqual([10, 11, 12, 13, 18, 19, 20, 21]);
});

test('the whole is not copied', () => {
  expect(cropPixels(image, { left: 0, top: 0, width: 4, height: 3 })).toBe(image);
});
