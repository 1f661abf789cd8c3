import { tensor } from '@patternlens/core';
import { tileSlices } from './tile-slices.js';

describe('tileSlices', () => {
  it('lays three slices of 1 x 2 into a grid of 2 x 2', () => {
    const volume = tensor([1, 2, 3, 4, 5, 6], [3, 1, 2]);
    const tiled = [1, 2, 3, 4, 5, 6, 0, 0];
    expect(tileSlices(volume, 'no-channels')).toEqual(tensor(tiled, [2, 4]));
  });

  it('treats every channel alike, wherever channels stand', () => {
    const first = tensor([1, 2, 3, 4, -1, -2, -3, -4], [2, 2, 1, 2]);
    expect(tileSlices(first, 'channels-first')).toEqual(
      tensor([1, 2, 3, 4, -1, -2, -3, -4], [2, 1, 4]),
    );
    const last = tensor([1, -1, 2, -2, 3, -3, 4, -4], [2, 1, 2, 2]);
    expect(tileSlices(last, 'channels-last')).toEqual(
      tensor([1, -1, 2, -2, 3, -3, 4, -4], [1, 4, 2]),
    );
  });

  it('refuses what is not a volume', () => {
    expect(() => tileSlices(tensor([1], [1, 1, 1]), 'channels-first')).toThrow(
      expect.objectContaining({ code: 'invalid-shape' }) as Error,
    );
  });
});
