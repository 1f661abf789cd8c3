import type { AgreementResult, BackendResult, FitResult } from '../report/benchmark-report.js';

/** What a backend says of itself. */
export type BackendFacts = Pick<
  BackendResult,
  'mode' | 'runtime' | 'threads' | 'precision' | 'forwardOf'
>;

/** Milliseconds of single runs. */
export interface RunTimes {
  readonly forward: readonly number[];
  readonly method: readonly number[];
}

export interface Prepared {
  /** Tracing, compiling and the first run. */
  readonly cold: number;
  /** A warm run of each. */
  readonly forward: number;
  readonly method: number;
}

/** Measures one backend, wherever that is: here, in another process, in a page. Methods are named by their index in the job. What
 * these return can be sent as JSON. */
export interface BackendRunner {
  readonly backend: string;
  /** Id of the host that it runs on. */
  readonly host: string;
  readonly open: () => Promise<BackendFacts>;
  readonly compare: (method: number) => Promise<AgreementResult>;
  /** Makes a method ready to be timed, and warms it up for about the given number of milliseconds. */
  readonly prepare: (method: number, batch: number, warmUp: number) => Promise<Prepared>;
  /** Times `runs` runs each of the forward pass and the method, after a rest. */
  readonly time: (runs: number, pause: number) => Promise<RunTimes>;
  /** Disposes of what `prepare` made. */
  readonly release: () => Promise<void>;
  readonly fit: () => Promise<FitResult>;
  readonly close: () => Promise<void>;
}
