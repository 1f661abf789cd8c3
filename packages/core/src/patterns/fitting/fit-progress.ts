/** Progress of a fit. */
export interface FitProgress {
  /** Samples done in this pass, without those of other shards. */
  readonly done: number;
  /** Samples of this pass, where the data say how many there are. */
  readonly total?: number | undefined;
  /** The pass under way, from 1. */
  readonly pass: number;
  /** Passes over the data in all. */
  readonly passes: number;
  /** Samples per second since the first report; 0 until there are two. */
  readonly imagesPerSecond: number;
  /** The expected time until all passes are done, where the data say how many samples there are. */
  readonly secondsLeft?: number | undefined;
}

/** Measures the rate of a fit as it goes. */
export function progressMeter(
  passes: number,
  total: number | undefined,
  now: () => number,
): (pass: number, done: number) => FitProgress {
  let first: { at: number; samples: number } | undefined;
  let before = 0,
    samples = 0;
  return (pass, done) => {
    samples += done >= before ? done - before : done;
    before = done;
    first ??= { at: now(), samples };
    const seconds = (now() - first.at) / 1000;
    const imagesPerSecond = seconds > 0 ? (samples - first.samples) / seconds : 0;
    const left = total === undefined ? undefined : total - done + (passes - pass) * total;
    return {
      done,
      total,
      pass,
      passes,
      imagesPerSecond,
      secondsLeft: left !== undefined && imagesPerSecond > 0 ? left / imagesPerSecond : undefined,
    };
  };
}
