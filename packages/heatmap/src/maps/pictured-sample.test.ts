import { tensor } from '@patternlens/core';
import type { InputAxes } from '@patternlens/core/network';
import { picturedSample, pictureOrder } from './pictured-sample.js';

const axes = (names: string, spatial: readonly number[]): InputAxes => {
  const words = names.split(' ');
  const at = words.findIndex((word) => word === 'channels' || word === 'features');
  return {
    batch: words.indexOf('batch'),
    channels: at < 0 ? undefined : at,
    spatial,
    names: words,
  };
};
const counted = (shape: readonly number[]) =>
  tensor(
    Array.from({ length: shape.reduce((total, size) => total * size, 1) }, (_, at) => at),
    shape,
  );

test('channels that are first or last stay where they are', () => {
  const first = picturedSample(
    counted([2, 3, 1, 2]),
    1,
    axes('batch channels rows columns', [2, 3]),
  );
  expect(first).toEqual({
    values: tensor([6, 7, 8, 9, 10, 11], [3, 1, 2]),
    layout: 'channels-first',
    axes: ['channels', 'rows', 'columns'],
  });
  const last = picturedSample(counted([1, 2, 3]), 0, axes('batch time channels', [1]));
  expect([last.layout, last.axes, last.values.shape]).toEqual([
    'channels-last',
    ['time', 'channels'],
    [2, 3],
  ]);
});

test('channels between two places come to the front', () => {
  const sample = picturedSample(
    counted([1, 2, 3, 2]),
    0,
    axes('batch rows channels columns', [1, 3]),
  );
  // Rows 0 and 6 apart, channels 2, columns 1.
  expect(sample).toEqual({
    values: tensor([0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11], [3, 2, 2]),
    layout: 'channels-first',
    axes: ['channels', 'rows', 'columns'],
  });
});

test('a sample of a batch that is not the first axis', () => {
  const wordsFirst = axes('time batch channels', [0]);
  expect(picturedSample(counted([2, 2, 2]), 1, wordsFirst)).toEqual({
    values: tensor([2, 3, 6, 7], [2, 2]),
    layout: 'channels-last',
    axes: ['time', 'channels'],
  });
  expect(pictureOrder(wordsFirst)).toEqual([0, 1]);
});

test('features, and inputs without channels', () => {
  const features = picturedSample(counted([1, 4]), 0, axes('batch features', []));
  expect([features.axes, features.values.shape]).toEqual([['features'], [4]]);
  const volume = picturedSample(
    counted([1, 2, 2, 2]),
    0,
    axes('batch slices rows columns', [1, 2, 3]),
  );
  expect([volume.layout, volume.axes]).toEqual(['no-channels', ['slices', 'rows', 'columns']]);
});

test('what has more places than a volume is a row of its values', () => {
  const { values, layout } = picturedSample(
    counted([1, 2, 1, 2, 1, 2]),
    0,
    axes('batch channels a b c d', [2, 3, 4, 5]),
  );
  expect([values.shape, layout]).toEqual([[8], 'no-channels']);
});
