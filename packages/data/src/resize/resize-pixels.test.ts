import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cropPixels } from '../preprocessing/crop-pixels.js';
import type { Pixels } from '../preprocessing/pixels.js';
import { seededPixels } from '../testing/seeded-pixels.js';
import { RESAMPLE_FILTERS, type ResampleFilter } from './resample-filter.js';
import { resizePixels } from './resize-pixels.js';

type Expected = Readonly<Record<ResampleFilter, readonly string[]>> & {
  readonly seed: number;
  readonly size: readonly [width: number, height: number, toWidth: number, toHeight: number];
};
const byPillow = JSON.parse(
  readFileSync(join(__dirname, '../testing/resized-by-pillow.json'), 'utf8'),
) as { values: Record<ResampleFilter, number[]>; cases: Expected[] };

const digest = ({ data }: Pixels): string =>
  createHash('sha256').update(data).digest('hex').slice(0, 16);

const gray = (width: number, height: number, ...values: number[]): Pixels => ({
  data: Uint8Array.from(values),
  width,
  height,
  channels: 1,
});

test.each(RESAMPLE_FILTERS)('the values of Pillow: %s', (filter) => {
  const [width, height, toWidth, toHeight] = byPillow.cases[0]!.size;
  const small = resizePixels(
    seededPixels(1, width, height, 1),
    { width: toWidth, height: toHeight },
    filter,
  );
  expect([...small.data]).toEqual(byPillow.values[filter]);
  const found = byPillow.cases.map(({ seed, size: [w, h, newWidth, newHeight] }) =>
    ([1, 2, 3, 4] as const).map((channels) =>
      digest(
        resizePixels(
          seededPixels(seed, w, h, channels),
          { width: newWidth, height: newHeight },
          filter,
        ),
      ),
    ),
  );
  expect(found).toEqual(byPillow.cases.map((expected) => expected[filter]));
});

test('weights by hand', () => {
  // Half as wide: the triangle reaches two pixels, at distances 1/4 and 3/4 of that: 3/8, 3/8, 1/8, and 3 of 7 at the border.
  expect([...resizePixels(gray(4, 1, 0, 70, 140, 210), { width: 2, height: 1 }).data]).toEqual([
    Math.round((3 * 0 + 3 * 70 + 140) / 7),
    Math.round((70 + 3 * 140 + 3 * 210) / 7),
  ]);
  // Twice as high: three quarters of the nearer row.
  expect([...resizePixels(gray(1, 2, 0, 200), { width: 1, height: 4 }).data]).toEqual([
    0, 50, 150, 200,
  ]);
  // The cubic overshoots beside an edge, and is cut at 0 and 255.
  const edge = gray(6, 1, 40, 40, 40, 200, 200, 200);
  const { data } = resizePixels(edge, { width: 12, height: 1 }, 'bicubic');
  expect(Math.min(...data)).toBeLessThan(40);
  expect(Math.max(...data)).toBeGreaterThan(200);
  const stark = resizePixels(
    gray(6, 1, 0, 0, 0, 255, 255, 255),
    { width: 12, height: 1 },
    'bicubic',
  );
  expect([Math.min(...stark.data), Math.max(...stark.data)]).toEqual([0, 255]);
  expect([...resizePixels(gray(3, 1, 1, 2, 3), { width: 2, height: 1 }, 'nearest').data]).toEqual([
    1, 3,
  ]);
});

test.each(RESAMPLE_FILTERS)('a part is what is cut from the whole: %s', (filter) => {
  const pixels = seededPixels(4, 37, 53, 3);
  for (const size of [
    { width: 20, height: 80 },
    { width: 37, height: 20 },
    { width: 60, height: 53 },
    { width: 37, height: 53 },
  ]) {
    const part = { left: 3, top: 5, width: 9, height: 11 };
    expect(resizePixels(pixels, size, filter, part)).toEqual(
      cropPixels(resizePixels(pixels, size, filter), part),
    );
  }
});

test('an image of the size is handed back; clamped values are read too', () => {
  const pixels = seededPixels(4, 5, 6, 4);
  expect(resizePixels(pixels, { width: 5, height: 6 })).toBe(pixels);
  const clamped = { ...pixels, data: Uint8ClampedArray.from(pixels.data) };
  expect(resizePixels(clamped, { width: 3, height: 3 })).toEqual(
    resizePixels(pixels, { width: 3, height: 3 }),
  );
});

test('colours of transparent pixels do not show', () => {
  const red = [255, 0, 0, 255];
  const pixels: Pixels = {
    data: Uint8Array.of(...red, 0, 255, 0, 0),
    width: 2,
    height: 1,
    channels: 4,
  };
  expect([...resizePixels(pixels, { width: 1, height: 1 }).data]).toEqual([255, 0, 0, 128]);
});

test.each([
  [{ width: 0, height: 3 }, 'bilinear', undefined, 'a size of whole pixels, got 0 x 3'],
  [{ width: 2.5, height: 3 }, 'bilinear', undefined, 'got 2.5 x 3'],
  [{ width: 3, height: 3 }, 'lanczos', undefined, '"bicubic", "nearest", got "lanczos"'],
  [
    { width: 3, height: 3 },
    'nearest',
    { left: 1, top: 0, width: 3, height: 3 },
    'a part of 3 x 3 pixels, got 3 x 3 from 1, 0',
  ],
])('%j by %s is refused', (size, filter, part, sentence) => {
  const pixels = seededPixels(1, 4, 4, 1);
  expect(() => resizePixels(pixels, size, filter as ResampleFilter, part)).toThrow(
    expect.objectContaining({
      code: 'invalid-argument',
      message: expect.stringContaining(sentence) as string,
    }) as Error,
  );
});
