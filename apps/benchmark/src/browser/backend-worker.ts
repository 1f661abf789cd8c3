import type { BackendRunner } from '../engine/backend-runner.js';
import { failureOf } from '../engine/failure.js';
import { answerCall, type RunnerAnswer } from '../engine/remote-runner.js';
import type { BackendAnswer, BackendCall, BackendStart } from './backend-messages.js';
import { browserRunner } from './browser-runner.js';
import { openSentJob } from './sent-job.js';
import { workerScope } from './worker-scope.js';

const scope = workerScope<BackendStart | BackendCall, BackendAnswer>();

let runner: Promise<BackendRunner> | undefined;

async function start({ backend, host, runtimes, job }: BackendStart): Promise<BackendRunner> {
  return browserRunner(backend, { host, runtimes, opened: await openSentJob(job) });
}

scope.onmessage = ({ data }) => {
  if ('job' in data) {
    runner = start(data);
    // What went wrong is told to the calls that wait for it.
    runner.catch(() => undefined);
    return;
  }
  const { id, call, args } = data;
  void runner!
    .then(
      (started) => answerCall(started, call, args),
      (thrown: unknown): RunnerAnswer => ({ failure: failureOf(thrown) }),
    )
    .then((answer) => {
      scope.postMessage({ id, answer });
    });
};
