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

/** Every colour value with every opacity, as gray pixels. */
const every = Array.from({ length: 65536 }, (_, at) => [at & 255, at >> 8] as const);
const shown = (pixels: readonly (readonly [value: number, alpha: number])[]): number[] => {
  const data = Uint8Array.from(pixels.flat());
  return [...overWhite({ data, width: pixels.length, height: 1, channels: 2 }).data];
};

test('rounded to the nearest, whatever is multiplied', () => {
  expect(shown(every)).toEqual(
    every.map(([value, alpha]) => Math.round((value * alpha + 255 * (255 - alpha)) / 255)),
  );
});

test('colours that went through multiplication by their opacity, as in a canvas, give the same', () => {
  const back = every.map(([value, alpha]) => {
    const held = Math.round((value * alpha) / 255);
    return [alpha === 0 ? 0 : Math.round((held * 255) / alpha), alpha] as const;
  });
  expect(shown(back)).toEqual(shown(every));
});
