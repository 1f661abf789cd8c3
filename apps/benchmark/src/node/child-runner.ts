import { fork } from 'node:child_process';
import type { BackendRunner } from '../engine/backend-runner.js';
import { failureOf } from '../engine/failure.js';
import {
  answerCall,
  remoteRunner,
  type RunnerAnswer,
  type RunnerCall,
} from '../engine/remote-runner.js';

interface Request {
  readonly id: number;
  readonly call: RunnerCall;
  readonly args: readonly number[];
}

interface Response {
  readonly id: number;
  readonly answer: RunnerAnswer;
}

export interface ChildParts {
  readonly backend: string;
  readonly host: string;
  /** The module that the process runs: it calls `serveRunner`. */
  readonly module: URL;
  /** What its runner is made from. */
  readonly payload: unknown;
  /** Milliseconds that an answer may take. */
  readonly deadline: number;
}

/** A runner in a process of its own: where a runtime crashes it takes only its own results along. */
export function childRunner({
  backend,
  host,
  module,
  payload,
  deadline,
}: ChildParts): BackendRunner {
  const child = fork(module, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, (answer: RunnerAnswer | Error) => void>();
  let last = '';
  const ended = new Promise<void>((done) => {
    const end = (reason: string): void => {
      last = reason;
      for (const answer of waiting.values()) answer(new Error(reason));
      waiting.clear();
      done();
    };
    child.on('error', ({ message }) => {
      end(`backend ${backend}: its process failed: ${message}`);
    });
    child.on('exit', (code, signal) => {
      end(`backend ${backend}: its process ended with ${signal ?? `exit code ${String(code)}`}.`);
    });
  });
  child.on('message', ({ id, answer }: Response) => {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  });
  child.send({ payload });
  let count = 0;
  return remoteRunner({
    backend,
    host,
    deadline,
    send: (call, args) =>
      new Promise((done, failed) => {
        const id = count++;
        if (last !== '') {
          failed(new Error(last));
          return;
        }
        waiting.set(id, (answer) => {
          if (answer instanceof Error) failed(answer);
          else done(answer);
        });
        child.send({ id, call, args } satisfies Request);
      }),
    end: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  });
}

/** Answers the calls of the process that started this one, by a runner made from what that one sent first. */
export function serveRunner(makeRunner: (payload: unknown) => Promise<BackendRunner>): void {
  let runner: Promise<BackendRunner> | undefined;
  process.on('message', (message: { readonly payload: unknown } | Request) => {
    if ('payload' in message) {
      runner = makeRunner(message.payload);
      // What went wrong is told to the calls that wait for it.
      runner.catch(() => undefined);
      return;
    }
    const { id, call, args } = message;
    void runner!
      .then(
        (started) => answerCall(started, call, args),
        (thrown: unknown): RunnerAnswer => ({ failure: failureOf(thrown) }),
      )
      .then((answer) => process.send!({ id, answer } satisfies Response));
  });
  process.on('disconnect', () => process.exit());
  // An interrupt reaches all processes of a terminal; the one that started this one says when to end.
  process.on('SIGINT', () => undefined);
}
