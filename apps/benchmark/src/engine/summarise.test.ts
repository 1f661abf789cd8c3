import { planRuns, splitRuns, type TimingPlan } from './plan-runs.js';
import { quantile, ratioOf, summarise } from './summarise.js';

test('quantiles are interpolated', () => {
  expect([0, 0.1, 0.5, 1].map((share) => quantile([1, 2, 3, 4], share))).toEqual([1, 1.3, 2.5, 4]);
  expect(quantile([7], 0.9)).toBe(7);
});

test('times are summarised in any order', () => {
  const times = Array.from({ length: 11 }, (_, at) => (at * 7) % 11);
  expect(summarise(times)).toEqual({ min: 0, p10: 1, median: 5, p90: 9, runs: 11 });
});

test('a ratio lies in its interval, which is the same each time', () => {
  const slow = [20, 22, 21, 30, 19, 20, 23, 24, 20, 21],
    fast = [10, 11, 10, 9, 10, 12, 10, 10, 11, 10];
  const ratio = ratioOf(slow, fast);
  expect(ratio.value).toBe(2.1);
  expect(ratio.low).toBeGreaterThan(1.7);
  expect(ratio.low).toBeLessThan(ratio.value);
  expect(ratio.high).toBeGreaterThan(ratio.value);
  expect(ratio.high).toBeLessThan(2.6);
  expect(ratioOf(slow, fast)).toEqual(ratio);
});

test('times that do not vary give an interval without width', () => {
  expect(ratioOf([4, 4, 4], [2, 2, 2])).toEqual({ value: 2, low: 2, high: 2 });
});

const plan: TimingPlan = { batches: [1], runs: 20, least: 3, rounds: 4, pause: 10 };

test('runs: as many as wanted, fewer where they are slow, never less than the least', () => {
  expect(planRuns(plan, 1, Infinity)).toBe(20);
  expect(planRuns(plan, 1, 1000)).toBe(20);
  // 80 ms of rest, then 16 runs of 50 ms, 4 of them not counted.
  expect(planRuns(plan, 50, 880)).toBe(12);
  expect(planRuns(plan, 1000, 220)).toBe(3);
  expect(planRuns(plan, 1000, -5)).toBe(3);
  // What is quick is run however little time is left.
  expect(planRuns(plan, 5, -5)).toBe(20);
  expect(planRuns(plan, 30, -5)).toBe(10);
});

test('rounds hold all runs, none of them without any', () => {
  expect(splitRuns(20, 5)).toEqual([4, 4, 4, 4, 4]);
  expect(splitRuns(7, 4)).toEqual([1, 2, 2, 2]);
  expect(splitRuns(2, 5)).toEqual([1, 1]);
});
