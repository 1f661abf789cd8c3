import { messageOf } from '@patternlens/core';
import { referenceBackend } from '@patternlens/reference';
import {
  type BrowserBackendId,
  explainFailure,
  type GraphicsOwner,
  openBrowserBackend,
  watchGraphics,
} from '@patternlens/page';
import type { BackendRunner } from '../engine/backend-runner.js';
import { failureOf, ReportedFailure } from '../engine/failure.js';
import type { Failure } from '../report/benchmark-report.js';
import { localRunner } from '../engine/local-runner.js';
import type { OpenedJob } from './sent-job.js';

/** What was said in the page or worker since it was last asked, as runtimes tell their reasons to the console only. */
function listen(): () => string {
  let heard: string[] = [];
  const { warn } = console;
  console.warn = (...said: unknown[]) => {
    heard.push(said.map(messageOf).join(' '));
    warn(...said);
  };
  addEventListener('error', ({ message }) => {
    heard.push(message);
  });
  addEventListener('unhandledrejection', ({ reason }) => {
    heard.push(messageOf(reason));
  });
  return () => {
    const said = heard.slice(-MOST_HEARD).join(' ');
    heard = [];
    return said;
  };
}

const MOST_HEARD = 5;
let heard: (() => string) | undefined;

/** A failure in the page's words: by what was thrown, else by what was said besides. */
function explained(id: BrowserBackendId, thrown: unknown): Failure {
  const failure = failureOf(thrown);
  const told = explainFailure(id, failure);
  const said = heard?.() ?? '';
  if (told !== failure || said === '') return told;
  const besides = [failure.cause, said].filter((text) => text !== undefined).join(' ');
  return explainFailure(id, { ...failure, cause: besides });
}

export interface BrowserRunnerParts {
  readonly host: string;
  /** Whole address of the folder with the runtimes' files. */
  readonly runtimes: string;
  readonly opened: OpenedJob;
}

/** The model for runtimes that run one file as it is. */
const fileOf = ({ format, main, beside }: OpenedJob['model']): Uint8Array | undefined =>
  format === 'onnx' && Object.keys(beside).length === 0 ? main : undefined;

/** Measures a backend of this page or worker; what fails is told in the page's words. */
export function browserRunner(
  id: BrowserBackendId,
  { host, runtimes, opened: { job, model } }: BrowserRunnerParts,
): BackendRunner {
  heard ??= listen();
  const owner: GraphicsOwner = {};
  const runner = localRunner({
    id,
    host,
    job,
    reference: referenceBackend(),
    open: () => openBrowserBackend(id, { runtimes, model: fileOf(model) }),
  });
  const watched =
    <A extends readonly unknown[], T>(run: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      // A page is drawn between steps.
      await new Promise((done) => setTimeout(done));
      heard?.();
      try {
        return await watchGraphics(owner, () => run(...args));
      } catch (thrown) {
        throw new ReportedFailure(explained(id, thrown));
      }
    };
  return {
    ...runner,
    open: watched(runner.open),
    compare: watched(runner.compare),
    prepare: watched(runner.prepare),
    time: watched(runner.time),
    fit: watched(runner.fit),
  };
}
