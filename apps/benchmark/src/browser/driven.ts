import { type BrowserBackendId, browserHost } from '@patternlens/page';
import { answerCall, type RunnerAnswer, type RunnerCall } from '../engine/remote-runner.js';
import type { BackendRunner } from '../engine/backend-runner.js';
import type { HostCard } from '../report/benchmark-report.js';
import { browserRunner } from './browser-runner.js';
import { openSentJob, type SentJob } from './sent-job.js';

/** What a program that drives this page calls. */
export interface DrivenPage {
  readonly host: (id: string) => Promise<HostCard>;
  readonly start: (backend: BrowserBackendId, host: string, job: SentJob) => Promise<void>;
  readonly call: (call: RunnerCall, args: readonly number[]) => Promise<RunnerAnswer>;
}

let runner: BackendRunner | undefined;

const page: DrivenPage = {
  host: browserHost,
  start: async (backend, host, job) => {
    const runtimes = new URL('runtimes/', document.baseURI).href;
    runner = browserRunner(backend, { host, runtimes, opened: await openSentJob(job) });
  },
  call: (call, args) => answerCall(runner!, call, args),
};

(globalThis as { patternlens?: DrivenPage }).patternlens = page;
