import type { BrowserBackendId } from '@patternlens/page';
import type { RunnerAnswer, RunnerCall } from '../engine/remote-runner.js';
import type { SentJob } from './sent-job.js';

/** The first message to the worker of a backend. */
export interface BackendStart {
  readonly backend: BrowserBackendId;
  readonly host: string;
  /** Whole address of the folder with the runtimes' files. */
  readonly runtimes: string;
  readonly job: SentJob;
}

/** Every other message to it. */
export interface BackendCall {
  readonly id: number;
  readonly call: RunnerCall;
  readonly args: readonly number[];
}

/** What it sends. */
export interface BackendAnswer {
  readonly id: number;
  readonly answer: RunnerAnswer;
}
