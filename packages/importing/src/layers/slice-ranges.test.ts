import { BATCH } from '@patternlens/core/tensor';
import { nodeOf } from '../testing/small-importer.js';
import { placesOf, sliceRange, type SliceLimits } from './slice-ranges.js';

const place = nodeOf('Slice', 's');
const taken = (limits: SliceLimits) => placesOf(sliceRange(place, 5, limits));

test.each<[string, SliceLimits, number[]]>([
  ['all', { begin: undefined, end: undefined, step: 1 }, [0, 1, 2, 3, 4]],
  ['from behind', { begin: -2, end: 2 ** 40, step: 1 }, [3, 4]],
  ['every other', { begin: 1, end: -1, step: 2 }, [1, 3]],
  ['backwards', { begin: -1, end: -6, step: -1 }, [4, 3, 2, 1, 0]],
  ['backwards, all', { begin: undefined, end: undefined, step: -2 }, [4, 2, 0]],
  ['none', { begin: 3, end: 1, step: 1 }, []],
])('%s', (_name, limits, places) => {
  expect(taken(limits)).toEqual(places);
});

test('the batch is taken whole, or not at all', () => {
  const whole = { begin: 0, end: 2 ** 31 - 1, step: 1 };
  expect(sliceRange(place, BATCH, whole)).toEqual({ start: 0, step: 1, size: BATCH });
  expect(() => sliceRange(place, BATCH, { ...whole, begin: 1 })).toThrow('cuts the batch axis');
  expect(() => sliceRange(place, 5, { ...whole, end: BATCH })).toThrow('where the batch does');
  expect(() => sliceRange(place, 5, { ...whole, step: 0 })).toThrow('a step is 0');
});
