import { messageOf } from '@patternlens/core';
import { referenceBackend } from '@patternlens/reference';
import type { BackendRunner } from '../engine/backend-runner.js';
import { failureOf, ReportedFailure } from '../engine/failure.js';
import { localRunner } from '../engine/local-runner.js';
import type { BrowserBackendId } from './backend-ids.js';
import { explainFailure } from './explain-failure.js';
import { openBrowserBackend } from './open-browser-backend.js';
import type { OpenedPayload } from './payload.js';

/** What went wrong elsewhere in the page while a backend ran: a lost context, a worker's error. */
function listenForErrors(): () => string | undefined {
  const heard: string[] = [];
  const hear = (text: string): void => void heard.push(text);
  addEventListener('error', (event) => {
    hear(event.message);
  });
  addEventListener('unhandledrejection', ({ reason }) => {
    hear(messageOf(reason));
  });
  // Context events do not bubble, but can be caught on their way down.
  document.addEventListener(
    'webglcontextlost',
    () => {
      hear('webgl context was lost');
    },
    true,
  );
  return () => heard.splice(0).at(-1);
}

let heard: (() => string | undefined) | undefined;

/** Measures a backend of this page; what fails is told in the page's words. */
export function browserRunner(
  id: BrowserBackendId,
  host: string,
  { job, bytes }: OpenedPayload,
): BackendRunner {
  heard ??= listenForErrors();
  const runner = localRunner({
    id,
    host,
    job,
    reference: referenceBackend(),
    open: () => openBrowserBackend(id, bytes),
  });
  const explained =
    <A extends readonly unknown[], T>(run: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      // The page is drawn between steps.
      await new Promise((done) => setTimeout(done));
      try {
        return await run(...args);
      } catch (thrown) {
        const failure = failureOf(thrown);
        const cause = [failure.cause, heard?.()].filter((text) => text !== undefined).join(' ');
        throw new ReportedFailure(
          explainFailure(id, cause === '' ? failure : { ...failure, cause }),
        );
      }
    };
  return {
    ...runner,
    open: explained(runner.open),
    compare: explained(runner.compare),
    prepare: explained(runner.prepare),
    time: explained(runner.time),
    fit: explained(runner.fit),
  };
}
