import { messageOf, PatternLensError } from '@patternlens/core';
import { browserHost } from '@patternlens/page';
import { runBenchmark } from '../engine/run-benchmark.js';
import type { BenchmarkReport } from '../report/benchmark-report.js';
import { benchmarkForm, type FormChoice } from './benchmark-form.js';
import { browserRunner } from './browser-runner.js';
import { openPageJob } from './open-page-job.js';

const target = document.getElementById('benchmark')!;
const LIMIT = 1e-4;
const HOST = 'browser';
/** Timed runs of a method that is too slow for the full number within the budget. */
const LEAST_RUNS = 3;

async function measure(choice: FormChoice, signal: AbortSignal): Promise<BenchmarkReport> {
  form.say('reading', 0);
  const opened = await openPageJob(choice);
  const network = await runBenchmark(
    opened.job,
    choice.backends.map((id) => browserRunner(id, HOST, opened)),
    {
      compare: true,
      timing: {
        batches: [...opened.job.timed.keys()],
        runs: 20,
        least: LEAST_RUNS,
        rounds: 4,
        pause: 20,
        budget: choice.budget,
      },
      signal,
      onProgress: ({ step, backend, method = '', done, total }) => {
        form.say(`${done + 1} of ${total}: ${step} ${backend} ${method}`, done / total);
      },
    },
  );
  return {
    format: 'patternlens-benchmark',
    version: 1,
    created: new Date().toISOString(),
    patternlens: VERSION,
    limit: LIMIT,
    hosts: [await browserHost(HOST)],
    networks: [network],
  };
}

let running: AbortController | undefined;

async function run(choice: FormChoice): Promise<void> {
  running = new AbortController();
  form.setRunning(true);
  try {
    const report = await measure(choice, running.signal);
    const { showReport } = await import('../page/show-report.js');
    showReport(target, report);
  } catch (thrown) {
    const isCancelled = thrown instanceof PatternLensError && thrown.code === 'cancelled';
    form.say(isCancelled ? 'Cancelled.' : '', 0);
    if (!isCancelled) form.fail(messageOf(thrown));
  } finally {
    running = undefined;
    form.setRunning(false);
  }
}

const form = benchmarkForm({
  onRun: (choice) => void run(choice),
  onCancel: () => running?.abort(),
});
const main = document.createElement('main');
main.append(form.element);
target.replaceChildren(main);
