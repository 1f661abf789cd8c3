import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds of one thing that was run again and again. */
export interface Timing {
  readonly min: number;
  readonly median: number;
  readonly runs: number;
}

/** Rounds in which two things are run in turns, so that a machine whose speed drifts is unfair to neither. */
const ROUNDS = 5;
const WARM_UP = 5;
/** Kernels compiled to WebAssembly become quick only after a while. */
const WARM_UP_MS = 1500;
/** Threads of a runtime keep a processor busy for a while after a run. */
const PAUSE_MS = 100;

function summary(times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  return { min: sorted[0]!, median: sorted[Math.floor(sorted.length / 2)]!, runs: sorted.length };
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await run();
  return performance.now() - begin;
}

async function warmUp(run: () => Promise<unknown>): Promise<void> {
  const begin = performance.now();
  for (
    let runs = 0;
    runs < WARM_UP || (runs < 40 && performance.now() - begin < WARM_UP_MS);
    runs++
  )
    await run();
}

/** Times two things in turns, after a warm-up, results read back. */
export async function timeInTurns(
  runs: number,
  first: () => Promise<unknown>,
  second: () => Promise<unknown>,
): Promise<readonly [Timing, Timing]> {
  await warmUp(first);
  await warmUp(second);
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, run] of [first, second].entries()) {
      await pause(PAUSE_MS);
      // The first run after a pause finds cold caches, and is not counted.
      await run();
      for (let k = 0; k < Math.ceil(runs / ROUNDS); k++) times[at]!.push(await timed(run));
    }
  }
  return [summary(times[0]), summary(times[1])];
}
