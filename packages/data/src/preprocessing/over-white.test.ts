import { overWhite } from './over-white.js';
import type { Pixels } from './pixels.js';

const coloured = (...data: number[]): Pixels => ({
  data: Uint8Array.from(data),
  width: data.length / 4,
  height: 1,
  channels: 4,
});

test('what is transparent shows white, by as much as it is', () => {
  const { data, channels } = overWhite(coloured(10, 20, 30, 255, 10, 20, 30, 0, 0, 100, 255, 51));
  expect(channels).toBe(3);
  // A fifth of the colour, and four fifths of 255.
  expect([...data]).toEqual([10, 20, 30, 255, 255, 255, 204, 224, 255]);
  const gray: Pixels = { data: Uint8Array.of(100, 51), width: 1, height: 1, channels: 2 };
  expect(overWhite(gray)).toEqual({ ...gray, data: Uint8Array.of(224), channels: 1 });
});

test('an image without alpha is handed back', () => {
  const opaque: Pixels = { data: Uint8Array.of(1, 2, 3), width: 1, height: 1, channels: 3 };
  expect(overWhite(opaque)).toBe(opaque);
});

test('rounded to the nearest, whatever is multiplied', () => {
  for (let alpha = 0; alpha < 256; alpha++)
    for (let value = 0; value < 256; value += 3)
      expect(overWhite(coloured(value, 0, 0, alpha)).data[0]).toBe(
        Math.round((value * alpha + 255 * (255 - alpha)) / 255),
      );
});

test('colours that went through multiplication by their opacity, as in a canvas, give the same', () => {
  for (let alpha = 1; alpha < 256; alpha++)
    for (let value = 0; value < 256; value += 3) {
      const held = Math.round((value * alpha) / 255);
      const back = Math.round((held * 255) / alpha);
      expect(overWhite(coloured(back, 0, 0, alpha)).data[0]).toBe(
        overWhite(coloured(value, 0, 0, alpha)).data[0],
      );
    }
});
