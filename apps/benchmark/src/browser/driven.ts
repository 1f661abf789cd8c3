import { type BrowserBackendId, browserHost } from '@patternlens/page';
import { answerCall, type RunnerAnswer, type RunnerCall } from '../engine/remote-runner.js';
import type { BackendRunner } from '../engine/backend-runner.js';
import type { HostCard } from '../report/benchmark-report.js';
import { browserRunner } from './browser-runner.js';
import { openPayload, type JobPayload } from './payload.js';

/** What a program that drives this page calls. */
export interface DrivenPage {
  readonly host: (id: string) => Promise<HostCard>;
  readonly start: (backend: BrowserBackendId, host: string, payload: JobPayload) => Promise<void>;
  readonly call: (call: RunnerCall, args: readonly number[]) => Promise<RunnerAnswer>;
}

let runner: BackendRunner | undefined;

const page: DrivenPage = {
  host: browserHost,
  start: async (backend, host, payload) => {
    runner = browserRunner(backend, host, await openPayload(payload));
  },
  call: (call, args) => answerCall(runner!, call, args),
};

(globalThis as { patternlens?: DrivenPage }).patternlens = page;
