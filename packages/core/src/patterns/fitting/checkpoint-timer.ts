/** The share of the time that writing checkpoints may take. */
const SHARE = 0.05;

/** Runs a task every `seconds`, or less often where it would take more than 5 % of the time. */
export function checkpointTimer(
  seconds: number,
  now: () => number = () => Date.now(),
): (save: () => Promise<void>) => Promise<boolean> {
  let last = now();
  let wait = seconds * 1000;
  return async (save) => {
    const start = now();
    if (start - last < wait) return false;
    await save();
    last = now();
    wait = Math.max(seconds * 1000, (last - start) / SHARE);
    return true;
  };
}
