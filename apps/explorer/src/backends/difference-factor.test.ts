import { differenceFactor, enlarged, factorText } from './difference-factor.js';

const plane = (...values: number[]) => ({
  width: values.length,
  height: 1,
  values: Float64Array.from(values),
});

test.each([
  [[0.25, -0.5], 1, 2],
  [[1e-7, 0], 0.3, 2e6],
  [[-3e-7], 1, 2e6],
  [[4], 1, 0.2],
])('%j below %d is enlarged by %d', (values, limit, factor) => {
  const found = differenceFactor(plane(...values), limit)!;
  expect(found).toBeCloseTo(factor, 9);
  const [largest] = enlarged(plane(...values), found)
    .values.map((value) => Math.abs(value))
    .sort()
    .reverse();
  expect(largest! / limit).toBeLessThanOrEqual(1 + 1e-12);
  expect(largest! / limit).toBeGreaterThan(0.39);
});

test('there is no factor where there is nothing to see', () => {
  expect(differenceFactor(plane(0, 0), 1)).toBeUndefined();
  expect(differenceFactor(plane(NaN), 1)).toBeUndefined();
  expect(differenceFactor(plane(1), 0)).toBeUndefined();
});

test('factors are written as people read them', () => {
  expect([2e6, 1, 0.2, 1e7].map(factorText)).toEqual(['2,000,000', '1', '2e-1', '1e+7']);
});
