import type { Target, TensorRecord } from '@patternlens/core';
import { resolveMethod, type Method } from '@patternlens/core/tracing';
import { chooseMethod } from '@patternlens/core';
import { ReferenceRuns, type BenchmarkJob } from '@patternlens/benchmark';
import type { Preprocessing } from '@patternlens/heatmap';
import { backendOf, modelOf, type Session } from './session.js';
import { cancelled } from './call-failure.js';

/** What is compared, but the method and the backend. */
export interface ComparedContext {
  /** Tells one from another: it changes with the model, sample, target and patterns. */
  readonly key: string;
  /** What the sample is called. */
  readonly sample: string;
  /** One sample, with a batch of 1 at axis 0. */
  readonly inputs: TensorRecord;
  readonly target: Target;
  readonly preprocessing?: Preprocessing | undefined;
}

/** A job of the benchmark's engine for one sample, with what the reference said of it so far. */
export interface Comparing {
  readonly job: BenchmarkJob;
  readonly runs: ReferenceRuns;
  readonly method: (id: string, parameters: Readonly<Record<string, unknown>>) => Method;
}

interface Kept extends Comparing {
  readonly key: string;
  /** Aborted with the call that is under way. */
  call: AbortSignal | undefined;
}

const keptBy = new WeakMap<Session, Kept>();

function compared(session: Session, context: ComparedContext): Kept {
  const { network } = modelOf(session);
  const backend = backendOf(session);
  const methods: Method[] = [];
  const byText = new Map<string, Method>();
  const job: BenchmarkJob = {
    name: 'model',
    ...{ network, methods, patterns: session.patterns },
    compared: { names: [context.sample], inputs: context.inputs },
    target: context.target as BenchmarkJob['target'],
    timed: new Map(),
    look: {
      axes: network.axes.get(network.inputs[0]!.name)!,
      preprocessing: context.preprocessing,
    },
  };
  const kept: Kept = {
    ...{ key: context.key, job, call: undefined },
    runs: new ReferenceRuns(job, {
      ...backend,
      compile: async (program) => {
        const executable = await backend.compile(program);
        return {
          ...executable,
          run: (inputs) => {
            if (kept.call?.aborted) return Promise.reject(cancelled('Comparing'));
            return executable.run(inputs);
          },
        };
      },
    }),
    method: (id, parameters) => {
      const text = JSON.stringify([id, parameters]);
      const before = byText.get(text);
      if (before) return before;
      const made = resolveMethod(chooseMethod(id, parameters));
      byText.set(text, made);
      methods.push(made);
      return made;
    },
  };
  return kept;
}

/** What a worker of the reference compares with: its results are computed once for all backends.
 * @param signal Ends the reference's runs. */
export async function comparing(
  session: Session,
  context: ComparedContext,
  signal: AbortSignal,
): Promise<Comparing> {
  let kept = keptBy.get(session);
  if (kept?.key !== context.key) {
    await kept?.runs.dispose();
    kept = compared(session, context);
    keptBy.set(session, kept);
  }
  kept.call = signal;
  return kept;
}
