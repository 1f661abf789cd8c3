import { tensor } from '@patternlens/core';
import { reduceChannels } from './reduce-channels.js';

// Two channels of 2 x 3: the second one overrules, cancels or ties with the first.
const first = tensor([1, -2, 3, -4, 0, 5, 3, 2, -3, -1, 0, -6], [2, 2, 3]);
const last = tensor([1, 3, -2, 2, 3, -3, -4, -1, 0, 0, 5, -6], [2, 3, 2]);

describe('reduceChannels', () => {
  it('sums', () => {
    expect(reduceChannels(first, 'channels-first')).toEqual({
      values: Float64Array.of(4, 0, 0, -5, 0, -1),
      width: 3,
      height: 2,
    });
  });

  it('takes the L2 norm', () => {
    const { values } = reduceChannels(first, 'channels-first', 'l2');
    expect([...values]).toEqual([10, 8, 18, 17, 0, 61].map(Math.sqrt));
  });

  it('keeps the sign of the largest magnitude, the first of equals', () => {
    const { values } = reduceChannels(first, 'channels-first', 'max-abs');
    expect([...values]).toEqual([3, -2, 3, -4, 0, -6]);
  });

  it.each(['sum', 'l2', 'max-abs'] as const)('%s is the same with the channels last', (how) => {
    expect(reduceChannels(last, 'channels-last', how)).toEqual(
      reduceChannels(first, 'channels-first', how),
    );
  });

  it('keeps the channels of a signal apart, one a row', () => {
    const signal = tensor([1, 2, 3, 4, 5, 6], [2, 3]);
    const plane = { values: Float64Array.of(1, 2, 3, 4, 5, 6), width: 3, height: 2 };
    expect(reduceChannels(signal, 'channels-first')).toEqual(plane);
    const transposed = tensor([1, 4, 2, 5, 3, 6], [3, 2]);
    expect(reduceChannels(transposed, 'channels-last')).toEqual(plane);
  });

  it('makes one row of features', () => {
    const features = tensor([1, -2, 3], [3]);
    expect(reduceChannels(features, 'channels-first', 'l2')).toEqual({
      values: Float64Array.of(1, 2, 3),
      width: 3,
      height: 1,
    });
  });

  it.each(['sum', 'l2', 'max-abs'] as const)('%s does not hide a NaN', (how) => {
    for (const data of [
      [NaN, 1],
      [1, NaN],
    ]) {
      const { values } = reduceChannels(tensor(data, [2, 1, 1]), 'channels-first', how);
      expect(values[0]).toBeNaN();
    }
  });

  it('leaves the sample as it was', () => {
    const sample = tensor([1, 2], [2, 1, 1]);
    reduceChannels(sample, 'channels-first', 'l2');
    expect([...sample.data]).toEqual([1, 2]);
  });
});
