import { workerFromAddress } from '@patternlens/page';
import type { BackendRunner } from '../engine/backend-runner.js';
import { remoteRunner, type RunnerAnswer } from '../engine/remote-runner.js';
import type { BackendAnswer, BackendCall, BackendStart } from './backend-messages.js';
import { whyEnded } from './failed-worker.js';

export interface WorkerRunnerParts extends BackendStart {
  /** Whole address of the script of the worker. */
  readonly worker: string;
  /** Milliseconds that an answer may take. */
  readonly deadline: number;
}

/** A runner in a worker of its own, which starts with its first call: one that crashes or hangs takes only its own results along. */
export function workerRunner({
  worker: address,
  deadline,
  ...start
}: WorkerRunnerParts): BackendRunner {
  const { backend, host } = start;
  const waiting = new Map<
    number,
    { done: (answer: RunnerAnswer) => void; failed: (why: Error) => void }
  >();
  let worker: Worker | undefined;
  let count = 0;
  const open = (): Worker => {
    const made = workerFromAddress(address);
    made.addEventListener('message', ({ data: { id, answer } }: MessageEvent<BackendAnswer>) => {
      waiting.get(id)?.done(answer);
      waiting.delete(id);
    });
    made.addEventListener('error', (event) => {
      event.preventDefault();
      for (const { failed } of waiting.values())
        failed(new Error(`backend ${backend}: ${whyEnded(event)}`));
      waiting.clear();
    });
    made.postMessage(start);
    return made;
  };
  return remoteRunner({
    backend,
    host,
    deadline,
    send: (call, args) =>
      new Promise((done, failed) => {
        worker ??= open();
        const id = count++;
        waiting.set(id, { done, failed });
        worker.postMessage({ id, call, args } satisfies BackendCall);
      }),
    end: () => {
      worker?.terminate();
      return Promise.resolve();
    },
  });
}
