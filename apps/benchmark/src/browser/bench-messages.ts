import type { BrowserBackendId, Failure } from '@patternlens/page';
import type { BenchmarkReport } from '../report/benchmark-report.js';
import type { PageChoice } from './open-page-job.js';

/** What was asked for. */
export interface BenchChoice extends PageChoice {
  readonly backends: readonly BrowserBackendId[];
  /** Milliseconds of timing. */
  readonly budget: number;
}

/** What the worker of a benchmark is told; addresses are whole. */
export interface BenchStart {
  readonly choice: BenchChoice;
  /** The script of a backend's worker. */
  readonly backendWorker: string;
  /** The folder with the runtimes' files. */
  readonly runtimes: string;
  /** The bundled network. */
  readonly bundled: string;
}

/** What it sends: how far it is, and at last what came of it. */
export type BenchNews =
  | { readonly text: string; readonly share: number }
  | { readonly report: Pick<BenchmarkReport, 'hosts' | 'networks'> }
  | { readonly failure: Failure };
