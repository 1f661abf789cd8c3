import { counted, countText } from '@patternlens/page';

/** A span of time as people say it: `8 s`, `3 min`, `2 h`. */
export function spanText(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** Sentences of the Fit view. */
export const FIT_WORDS = {
  what: 'A pattern is the direction in which a neuron’s input changes when its output does. It is learned from samples, in one pass over them.',
  rate: (perSecond: number, left: number | undefined): string =>
    `${countText(perSecond)} images/s${left === undefined ? '' : `, ${spanText(left)} left`}`,
  long: (seconds: number): string =>
    `This takes about ${spanText(seconds)} in this page. The command does the same, and goes on where it was interrupted:`,
  interrupted: ({ samples, total, source }: { samples: number; total: number; source: string }) =>
    `A fit of ${source} was interrupted after ${countText(samples)} of ${counted(total, 'sample')}.`,
  notKept: (why: string): string =>
    `This browser keeps no checkpoints here, so a closed tab loses the fit. ${why}`,
  done: (samples: number, stopped: boolean): string =>
    stopped
      ? `Stopped: the patterns of ${counted(samples, 'sample')} are in use.`
      : `Done: the patterns of ${counted(samples, 'sample')} are in use.`,
  rare: (rare: number, neurons: number): string =>
    `${countText(rare)} of ${counted(neurons, 'neuron')} fired fewer than 10 times: their patterns mean little.`,
  refused: (reason: string): string => `The fit ended: ${reason}`,
  otherModel: (model: string): string =>
    `The fit was of ${model}, which is no longer open: its patterns are left out.`,
  noSamples: 'No samples fit this model yet. Drop photos, or an array of its input’s shape.',
} as const;
