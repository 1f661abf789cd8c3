import { distancesOf, relativeL2, worstOf } from './distances.js';
import { ranksOf, spearman } from './spearman.js';

test('distances of values that differ', () => {
  const { relativeL2: l2, maximum, cosine } = distancesOf([3, 0], [0, 4]);
  expect([l2, maximum, cosine]).toEqual([5 / 4, 1, 0]);
  const near = distancesOf([3, 4.5], [3, 4]);
  expect(near.relativeL2).toBeCloseTo(0.1, 12);
  expect(near.maximum).toBeCloseTo(0.125, 12);
  expect(near.cosine).toBeCloseTo((9 + 18) / (5 * Math.hypot(3, 4.5)), 12);
});

test('equal values are at no distance, also where all are zero', () => {
  for (const values of [
    [1, -2, 3],
    [0, 0],
  ])
    expect(distancesOf(values, values)).toEqual({
      relativeL2: 0,
      maximum: 0,
      cosine: expect.closeTo(1, 12) as number,
      spearman: 1,
    });
});

test('where the reference is zero, any difference is all of it', () => {
  expect(distancesOf([0, 1e-9], [0, 0])).toMatchObject({
    relativeL2: Infinity,
    maximum: Infinity,
    cosine: 0,
  });
  expect(relativeL2([1e-9], [0])).toBe(Infinity);
  expect(relativeL2([0], [0])).toBe(0);
});

test('a value that is no number is seen', () => {
  const seen = distancesOf([NaN, 1], [1, 1]);
  expect(Object.values(seen)).toEqual([NaN, NaN, NaN, NaN]);
  expect(worstOf(distancesOf([1], [1]), seen).relativeL2).toBeNaN();
});

test('the worst of two samples, each measure by itself', () => {
  const a = { relativeL2: 1, maximum: 4, cosine: 0.9, spearman: 0.2 };
  const b = { relativeL2: 2, maximum: 3, cosine: 0.8, spearman: 0.3 };
  expect(worstOf(a, b)).toEqual({ relativeL2: 2, maximum: 4, cosine: 0.8, spearman: 0.2 });
});

test('ranks: equal values share theirs', () => {
  expect([...ranksOf(Float64Array.of(10, 30, 20, 20))]).toEqual([0, 3, 1.5, 1.5]);
});

test("Spearman's correlation, against a hand-made one with ties", () => {
  const of = (a: number[], b: number[]): number =>
    spearman(Float64Array.from(a), Float64Array.from(b));
  expect(of([1, 2, 3], [10, 20, 1000])).toBe(1);
  expect(of([1, 2, 3], [3, 2, 1])).toBe(-1);
  // Ranks 0, 1, 2, 3 and 0, 2, 2, 2 less their mean: 3 / sqrt(5 * 3).
  expect(of([1, 2, 3, 4], [0, 5, 5, 5])).toBeCloseTo(3 / Math.sqrt(15), 12);
  expect(of([1, 1], [2, 2])).toBe(1);
  expect(of([1, 1], [1, 2])).toBe(0);
});

test('the sign of relevance does not change its ranks', () => {
  expect(distancesOf([-1, 2, -3], [1, -2, 3]).spearman).toBe(1);
});
