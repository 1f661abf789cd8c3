import { planeOf } from './trace-inner.js';

describe('the relevance of a layer as a picture', () => {
  const data = Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8]);

  it('sums channels that stand first', () => {
    // [1, 2 channels, 2, 2]
    expect(planeOf({ data, shape: [1, 2, 2, 2] }, 1)).toEqual({
      values: Float64Array.from([6, 8, 10, 12]),
      width: 2,
      height: 2,
    });
  });

  it('sums channels that stand last', () => {
    expect(planeOf({ data, shape: [1, 2, 2, 2] }, 3)).toEqual({
      values: Float64Array.from([3, 7, 11, 15]),
      width: 2,
      height: 2,
    });
  });

  it('lays features out near a square', () => {
    expect(planeOf({ data, shape: [1, 8] }, 1)).toEqual({ values: data, width: 4, height: 2 });
  });
});
