import fc from 'fast-check';
import { scaleOf, scalesOf, shareOf } from './scale.js';

const finite = (limit: number, quantile: number) => ({ limit, quantile, state: 'finite' });

describe('scaleOf', () => {
  it('takes the quantile of magnitudes between the two nearest ranks', () => {
    // Sorted magnitudes 1, 2, 4, 8, 16: rank 4 * 0.9 = 3.6.
    expect(scaleOf(Float64Array.of(-8, 1, 16, -2, 4), 90)).toEqual(finite(8 + 8 * 0.6, 90));
    expect(scaleOf(Float64Array.of(-8, 1, 16, -2, 4), 75)).toEqual(finite(8, 75));
  });

  it('is the largest magnitude at 100', () => {
    expect(scaleOf(Float32Array.of(-8, 1, 3), 100)).toEqual(finite(8, 100));
  });

  it('defaults to 99.5', () => {
    const values = Float64Array.from({ length: 1001 }, (_, at) => at);
    expect(scaleOf(values)).toEqual(finite(995, 99.5));
  });

  it('does not mind ties', () => {
    expect(scaleOf(Float64Array.of(2, -2, 2, 2, -5), 50)).toEqual(finite(2, 50));
  });

  it('takes several maps as one', () => {
    const maps = [Float64Array.of(-8, 1), Float32Array.of(16, -2, 4)];
    expect(scaleOf(maps, 90)).toEqual(scaleOf(Float64Array.of(-8, 1, 16, -2, 4), 90));
  });

  it('falls back to the largest magnitude where nearly everything is zero', () => {
    const values = new Float64Array(1000);
    values[7] = -3;
    expect(scaleOf(values)).toEqual(finite(3, 100));
  });

  it.each([
    [[0, -0, 0], 'zero'],
    [[1, NaN, 2], 'not-finite'],
    [[1, -Infinity], 'not-finite'],
  ])('%j has no scale: %s', (values, state) => {
    expect(scaleOf(Float64Array.from(values))).toEqual({ limit: 0, quantile: 99.5, state });
  });

  it.each([0, -1, 100.1, NaN])('refuses the quantile %d', (quantile) => {
    expect(() => scaleOf(Float64Array.of(1), quantile)).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }) as Error,
    );
  });

  it('agrees with sorting, and leaves the values alone', () => {
    const value = fc.oneof(fc.integer({ min: -4, max: 4 }), fc.double({ noNaN: true }));
    const values = fc.array(value.filter(Number.isFinite), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.double({ min: 0.1, max: 99.9, noNaN: true }), (list, quantile) => {
        const data = Float64Array.from(list);
        const sorted = list.map(Math.abs).sort((a, b) => a - b);
        const rank = ((sorted.length - 1) * quantile) / 100;
        const below = sorted[Math.floor(rank)]!;
        const above = sorted[Math.ceil(rank)]!;
        const expected = below + (above - below) * (rank - Math.floor(rank));
        const { limit, state } = scaleOf(data, quantile);
        const largest = sorted.at(-1)!;
        expect(state).toBe(largest === 0 ? 'zero' : 'finite');
        expect(limit).toBe(expected > 0 ? expected : largest);
        expect([...data]).toEqual(list);
      }),
    );
  });
});

describe('shareOf', () => {
  const scale = { limit: 4, quantile: 100, state: 'finite' } as const;

  it.each([
    [0, 0],
    [1, 0.25],
    [-2, -0.5],
    [9, 1],
    [-9, -1],
  ])('of %d is %d', (value, share) => {
    expect(shareOf(value, scale)).toBe(share);
  });

  it('bends by gamma, keeping the sign', () => {
    expect(shareOf(-1, scale, 0.5)).toBe(-0.5);
    expect(shareOf(2, scale, 2)).toBe(0.25);
    expect(shareOf(0, scale, 0.5)).toBe(0);
  });
});

test('scales at many quantiles are those at one', () => {
  const values = Float64Array.from({ length: 501 }, (_, at) => Math.sin(at * at) * at);
  const at = scalesOf(values);
  for (const quantile of [0.1, 12, 50, 90, 99.5, 99.99, 100])
    expect(at(quantile)).toEqual(scaleOf(values, quantile));
  expect(scalesOf([new Float32Array(4)])().state).toBe('zero');
  expect(() => at(0)).toThrow('quantile');
});
