import { tensor } from '@patternlens/core';
import { inputDrawing } from './input-drawing.js';
import { lookOf } from './look.js';
import { mapDrawing } from './map-drawing.js';

const GAP = 208;
const reds = (drawing: { paint: (width: number, height: number) => { data: Uint8ClampedArray } }) =>
  [...drawing.paint(5, 5).data].filter((_, at) => at % 4 === 0);

const AXES = ['slices', 'rows', 'columns'];
/** Three slices of 2 x 2. */
const volume = tensor([4, 4, 4, 4, -4, -4, -4, -4, 0, 0, 4, 4], [3, 2, 2]);

test('slices of a volume are parted, by one scale', () => {
  const look = lookOf({ quantile: 100 });
  const map = {
    relevance: volume,
    layout: 'no-channels',
    axes: AXES,
    group: 'attribution',
  } as const;
  const drawing = mapDrawing(map, look);
  expect(drawing).toMatchObject({
    ...{ width: 5, height: 5, slices: 3, strip: false },
    scale: { limit: 4, state: 'finite' },
  });
  // Red is full where relevance is positive or zero, none where it is negative; the fourth place is empty.
  expect(reds(drawing)).toEqual([
    ...[255, 255, GAP, 0, 0],
    ...[255, 255, GAP, 0, 0],
    ...[GAP, GAP, GAP, GAP, GAP],
    ...[255, 255, GAP, GAP, GAP],
    ...[255, 255, GAP, GAP, GAP],
  ]);
});

test('inputs are black and white for the same values in all slices', () => {
  const drawing = inputDrawing(
    { values: tensor([...volume.data], [1, 3, 2, 2]) },
    'channels-first',
    ['channels', ...AXES],
  );
  expect(reds(drawing)).toEqual([
    ...[255, 255, GAP, 0, 0],
    ...[255, 255, GAP, 0, 0],
    ...[GAP, GAP, GAP, GAP, GAP],
    ...[128, 128, GAP, GAP, GAP],
    ...[255, 255, GAP, GAP, GAP],
  ]);
});
