/** How often things are run to be timed. */
export interface TimingPlan {
  readonly batches: readonly number[];
  /** Timed runs of each. */
  readonly runs: number;
  /** Timed runs of what is too slow for that within the budget. */
  readonly least: number;
  /** Rounds in which all take turns, so that a machine whose speed drifts is unfair to none. */
  readonly rounds: number;
  /** Milliseconds of rest before each turn: threads of a runtime keep a processor busy for a while after a run. */
  readonly pause: number;
  /** Milliseconds that timing may take altogether; unbounded unless given. */
  readonly budget?: number | undefined;
}

/** Milliseconds that timing a method may always take: what is quick is run as often as wanted, however little time is left. */
export const QUICK = 300;

/** The number of runs that fit in a time, from the fewest allowed to the number wanted. */
export function planRuns(
  { runs, least, pause, rounds }: TimingPlan,
  perRun: number,
  milliseconds: number,
): number {
  if (milliseconds === Infinity) return runs;
  // Each turn rests, and begins with a run that is not counted.
  const affordable = Math.floor((milliseconds - 2 * rounds * pause) / perRun) - rounds;
  return Math.min(runs, Math.max(least, affordable, Math.floor(QUICK / perRun)));
}

/** The number of runs of each round; they add up to `runs`. */
export function splitRuns(runs: number, rounds: number): number[] {
  const parts = Math.min(runs, rounds);
  return Array.from(
    { length: parts },
    (_, at) => Math.floor(((at + 1) * runs) / parts) - Math.floor((at * runs) / parts),
  );
}
