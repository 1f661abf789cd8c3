import type { BrowserBackendId } from '@patternlens/page';
import { openChromium, serveFolder } from '@patternlens/page/node';
import { openSentJob, type SentJob } from '../browser/sent-job.js';
import { runBenchmark, type BenchmarkOptions } from '../engine/run-benchmark.js';
import type { BenchmarkReport } from '../report/benchmark-report.js';
import { buildPages } from './build-pages.js';
import { hostOf, pageRunner } from './page-runner.js';

const HOST = 'chromium';
/** Compiling a large network's kernels in software is slow. */
const DEADLINE = 90_000;

/** Measures backends in headless Chromium, each in a page of its own. */
export async function runInChromium(
  sent: SentJob,
  backends: readonly BrowserBackendId[],
  options: BenchmarkOptions,
): Promise<Pick<BenchmarkReport, 'hosts' | 'networks'>> {
  await using pages = await buildPages();
  await using served = await serveFolder(pages);
  const { job } = await openSentJob(sent);
  const browser = await openChromium();
  try {
    const { url } = served;
    const host = await hostOf(browser, url, HOST);
    const runners = backends.map((backend) =>
      pageRunner({ browser, url, host: HOST, backend, job: sent, deadline: DEADLINE }),
    );
    return { hosts: [host], networks: [await runBenchmark(job, runners, options)] };
  } finally {
    await browser.close();
  }
}
