import { failureOf, ReportedFailure } from './failure.js';
import type { Failure } from '../report/benchmark-report.js';
import type { BackendRunner } from './backend-runner.js';

const CALLS = ['open', 'compare', 'prepare', 'time', 'release', 'fit', 'close'] as const;
export type RunnerCall = (typeof CALLS)[number];

/** The answer to a call: its value, or why it failed. */
export type RunnerAnswer = { readonly value: unknown } | { readonly failure: Failure };

/** Answers the calls of a remote runner with a local one. */
export async function answerCall(
  runner: BackendRunner,
  call: RunnerCall,
  args: readonly number[],
): Promise<RunnerAnswer> {
  try {
    const run = runner[call] as (...given: readonly number[]) => Promise<unknown>;
    return { value: await run(...args) };
  } catch (thrown) {
    return { failure: failureOf(thrown) };
  }
}

export interface RemoteParts {
  readonly backend: string;
  readonly host: string;
  /** Sends a call. @throws where the other side is gone. */
  readonly send: (call: RunnerCall, args: readonly number[]) => Promise<RunnerAnswer>;
  /** Ends the other side, whatever it does. */
  readonly end: () => Promise<void>;
  /** Milliseconds that an answer may take. */
  readonly deadline: number;
}

/** A runner whose work is done elsewhere. Once it did not answer in time it is ended, and every later call fails. */
export function remoteRunner({ backend, host, send, end, deadline }: RemoteParts): BackendRunner {
  let gone: Failure | undefined;
  const call = async (name: RunnerCall, ...args: number[]): Promise<unknown> => {
    if (gone) throw new ReportedFailure(gone);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<RunnerAnswer>((answer) => {
      timer = setTimeout(() => {
        gone = {
          kind: 'failed',
          reason: `backend ${backend}: it did not answer within ${Math.round(deadline / 1000)} s, and was ended.`,
        };
        answer({ failure: gone });
        void end();
      }, deadline);
    });
    const answer = await Promise.race([
      send(name, args).catch((thrown: unknown): RunnerAnswer => {
        gone = failureOf(thrown);
        return { failure: gone };
      }),
      late,
    ]);
    clearTimeout(timer);
    if ('failure' in answer) throw new ReportedFailure(answer.failure);
    return answer.value;
  };
  const calls = Object.fromEntries(
    CALLS.map((name) => [name, (...args: number[]) => call(name, ...args)]),
  ) as unknown as BackendRunner;
  return {
    ...calls,
    backend,
    host,
    close: async () => {
      try {
        if (!gone) await calls.close();
      } finally {
        await end();
      }
    },
  };
}
