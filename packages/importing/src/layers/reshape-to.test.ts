import { BATCH } from '@patternlens/core/tensor';
import { nodeOf } from '../testing/small-importer.js';
import { reshapeTo } from './reshape-to.js';

const place = nodeOf('Reshape', 'r');

test('-1 takes what is left, the batch too', () => {
  expect(reshapeTo(place, [BATCH, 3, 4], [-1, 12], false)).toEqual([BATCH, 12]);
  expect(reshapeTo(place, [BATCH, 3, 4], [BATCH, 2, -1], false)).toEqual([BATCH, 2, 6]);
});

test('where the file fixed its batch to 1, a 1 in its place is the batch', () => {
  expect(reshapeTo(place, [BATCH, 12], [1, 3, 4], true)).toEqual([BATCH, 3, 4]);
  expect(reshapeTo(place, [12, BATCH], [-1, 1], true)).toEqual([12, BATCH]);
  expect(() => reshapeTo(place, [BATCH, 12], [1, 3, 4], false)).toThrow('[1, 3, 4]');
});

test('what does not hold as many values is refused', () => {
  for (const wanted of [
    [5, -1],
    [-1, -1],
    [-2, 6],
    [0, -1],
  ])
    expect(() => reshapeTo(place, [BATCH, 12], [BATCH, ...wanted], false)).toThrow(
      'does not reshape to',
    );
});
