import type { TimingPlan } from '@patternlens/benchmark';

/** Below this many runs a median means little; what is so slow is timed beyond its share of the budget. */
const LEAST_RUNS = 3;

/** How methods are timed; undefined where they are only compared.
 * @param seconds The budget. */
export function timingPlan(
  batches: readonly number[],
  runs: number,
  seconds: number | undefined,
): TimingPlan | undefined {
  if (runs === 0) return undefined;
  const least = Math.min(runs, LEAST_RUNS);
  // Under a budget there is less rest, as there are more to rest for.
  return seconds === undefined
    ? { batches, runs, least, budget: undefined, rounds: 5, pause: 100 }
    : { batches, runs, least, budget: 1000 * seconds, rounds: 4, pause: 40 };
}
