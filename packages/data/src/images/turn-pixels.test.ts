import type { Pixels } from '../preprocessing/pixels.js';
import type { Orientation } from './exif-orientation.js';
import { turnPixels } from './turn-pixels.js';

/** Two rows of three. */
const stored: Pixels = {
  data: Uint8Array.of(1, 2, 3, 4, 5, 6),
  width: 3,
  height: 2,
  channels: 1,
};

test.each<[Orientation, string, number[][]]>([
  [
    2,
    'mirrored from side to side',
    [
      [3, 2, 1],
      [6, 5, 4],
    ],
  ],
  [
    3,
    'by half a turn',
    [
      [6, 5, 4],
      [3, 2, 1],
    ],
  ],
  [
    4,
    'mirrored from top to bottom',
    [
      [4, 5, 6],
      [1, 2, 3],
    ],
  ],
  [
    5,
    'rows as columns',
    [
      [1, 4],
      [2, 5],
      [3, 6],
    ],
  ],
  [
    6,
    'by a quarter to the right',
    [
      [4, 1],
      [5, 2],
      [6, 3],
    ],
  ],
  [
    7,
    'rows as columns, from the other corner',
    [
      [6, 3],
      [5, 2],
      [4, 1],
    ],
  ],
  [
    8,
    'by a quarter to the left',
    [
      [3, 6],
      [2, 5],
      [1, 4],
    ],
  ],
])('%i: %s', (orientation, _, rows) => {
  const turned = turnPixels(stored, orientation);
  expect(turned).toMatchObject({ width: rows[0]!.length, height: rows.length, channels: 1 });
  expect([...turned.data]).toEqual(rows.flat());
});

test('channels stay together; what is upright is handed back', () => {
  const pixels: Pixels = {
    data: Uint8Array.of(1, 2, 3, 4, 5, 6),
    width: 2,
    height: 1,
    channels: 3,
  };
  expect([...turnPixels(pixels, 3).data]).toEqual([4, 5, 6, 1, 2, 3]);
  expect(turnPixels(pixels, 1)).toBe(pixels);
});
