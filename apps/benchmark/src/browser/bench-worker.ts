import { browserHost } from '@patternlens/page';
import { failureOf } from '../engine/failure.js';
import { runBenchmark, type BenchmarkProgress } from '../engine/run-benchmark.js';
import type { BenchNews, BenchStart } from './bench-messages.js';
import { openPageJob } from './open-page-job.js';
import { sendJob } from './sent-job.js';
import { workerRunner } from './worker-runner.js';
import { workerScope } from './worker-scope.js';

const HOST = 'browser';
/** Timed runs of a method that is too slow for the full number within the budget. */
const LEAST_RUNS = 3;
/** Milliseconds for one answer: the reference takes minutes for a photo on a large network. */
const DEADLINE = 1_800_000;

const scope = workerScope<BenchStart, BenchNews>();

const say = (text: string, share: number): void => {
  scope.postMessage({ text, share });
};

const sayStep = ({ step, backend, method = '', done, total }: BenchmarkProgress): void => {
  say(`${done + 1} of ${total}: ${step} ${backend} ${method}`.trimEnd(), done / total);
};

/** Reads what was chosen, and measures each backend in a worker of its own. Ending this worker ends those too. */
async function measure({
  choice,
  backendWorker,
  runtimes,
  bundled,
}: BenchStart): Promise<BenchNews> {
  const opened = await openPageJob(choice, bundled, (text) => {
    say(text, 0);
  });
  const job = await sendJob(opened, {});
  const runners = choice.backends.map((backend) =>
    workerRunner({
      worker: backendWorker,
      deadline: DEADLINE,
      backend,
      host: HOST,
      runtimes,
      job,
    }),
  );
  const network = await runBenchmark(opened.job, runners, {
    compare: true,
    timing: {
      batches: [...opened.job.timed.keys()],
      runs: 20,
      least: LEAST_RUNS,
      rounds: 4,
      pause: 20,
      budget: choice.budget,
    },
    onProgress: sayStep,
  });
  return { report: { hosts: [await browserHost(HOST)], networks: [network] } };
}

scope.onmessage = ({ data }) => {
  void measure(data)
    .catch((thrown: unknown): BenchNews => ({ failure: failureOf(thrown) }))
    .then((news) => {
      scope.postMessage(news);
    });
};
