import type { SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.js';

/** How far a long job is. */
export interface Step {
  readonly done: number;
  readonly total?: number | undefined;
  /** What goes behind the bar: a rate, the time left. */
  readonly detail: string;
}

export interface Progress {
  readonly update: (step: Step) => void;
  /** Ends the bar where it is; once or more. */
  readonly stop: () => void;
}

/** Seconds as people say them. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${Math.round(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A rate in at most three figures; nothing before there is one. */
export const rate = (imagesPerSecond: number): string =>
  imagesPerSecond > 0
    ? `${Number(imagesPerSecond.toPrecision(3)).toLocaleString('en')} images/s`
    : '';

/** A bar on a terminal; a line at every tenth of the way where the output is piped, so that logs stay short. */
export async function startProgress(terminal: Terminal, what: string): Promise<Progress> {
  return terminal.live ? bar(terminal, what) : lines(terminal, what);
}

async function bar(terminal: Terminal, what: string): Promise<Progress> {
  const { default: progress } = await import('cli-progress');
  const single: SingleBar = new progress.SingleBar({
    format: `${what}  [{bar}]  {value}/{total}  {percentage}%  {detail}`,
    stream: terminal.stream,
    barCompleteChar: '#',
    barIncompleteChar: '.',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: false,
    gracefulExit: false,
  });
  let started = false;
  return {
    update: ({ done, total = 0, detail }) => {
      if (!started) single.start(total, done, { detail });
      started = true;
      if (single.getTotal() !== total) single.setTotal(total);
      single.update(done, { detail });
    },
    stop: () => {
      if (started) single.stop();
      started = false;
    },
  };
}

const EVERY_WITHOUT_TOTAL = 1000;

function lines(terminal: Terminal, what: string): Progress {
  let next = 0;
  return {
    update: ({ done, total, detail }) => {
      if (done < next) return;
      const every = total === undefined ? EVERY_WITHOUT_TOTAL : total / 10;
      next = Math.min((Math.floor(done / every + 1e-9) + 1) * every, total ?? Infinity);
      const share = total === undefined ? '' : `/${total}  ${Math.round((100 * done) / total)}%`;
      terminal.say(`${what}  ${done}${share}  ${detail}`.trimEnd());
      if (total !== undefined && done >= total) next = Infinity;
    },
    stop: () => undefined,
  };
}
