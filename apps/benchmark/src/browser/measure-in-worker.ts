import { workerFromAddress, type Failure } from '@patternlens/page';
import { ReportedFailure } from '../engine/failure.js';
import type { BenchmarkReport } from '../report/benchmark-report.js';
import backendWorker from './backend-worker.js?worker&url';
import type { BenchChoice, BenchNews, BenchStart } from './bench-messages.js';
import benchWorker from './bench-worker.js?worker&url';
import { whyEnded } from './failed-worker.js';

/** The limit that agreement is judged by. */
const LIMIT = 1e-4;

/** A benchmark under way. */
export interface RunningBenchmark {
  /** Rejects with what went wrong; stays open once it was ended. */
  readonly report: Promise<BenchmarkReport>;
  /** Ends it at once, whatever it does. */
  readonly end: () => void;
}

const whole = (address: string): string => new URL(address, document.baseURI).href;

/** Measures in workers: nothing but messages reaches the page. */
export function measureInWorker(
  choice: BenchChoice,
  onProgress: (text: string, share: number) => void,
): RunningBenchmark {
  const worker = workerFromAddress(benchWorker);
  const report = new Promise<BenchmarkReport>((done, failed) => {
    const fail = (failure: Failure): void => {
      failed(new ReportedFailure(failure));
    };
    worker.addEventListener('message', ({ data }: MessageEvent<BenchNews>) => {
      if ('text' in data) onProgress(data.text, data.share);
      else if ('failure' in data) fail(data.failure);
      else
        done({
          format: 'patternlens-benchmark',
          version: 1,
          created: new Date().toISOString(),
          patternlens: VERSION,
          limit: LIMIT,
          ...data.report,
        });
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      fail({ kind: 'failed', reason: `the benchmark stopped: ${whyEnded(event)}` });
    });
  });
  worker.postMessage({
    choice,
    backendWorker: whole(backendWorker),
    runtimes: whole('runtimes/'),
    bundled: whole('models/default.onnx'),
  } satisfies BenchStart);
  return {
    report,
    end: () => {
      worker.terminate();
    },
  };
}
