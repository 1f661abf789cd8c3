/** The share of the time that writing checkpoints may take. */
const SHARE = 0.05;

/** Runs what it is given when the time for it has come: every `seconds`, and so rarely that it takes at most 5 % of the time. */
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
