import {
  resolveNetwork,
  createExplainer,
  fitPatterns,
  PatternLensError,
  type Backend,
  type Network,
  type TensorRecord,
} from '@patternlens/core';
import { BLOCK } from '@patternlens/core/patterns';
import { forwardProgram } from '@patternlens/core/tracing';
import type { ForwardPass, OpenedBackend } from '@patternlens/page';
import type { AgreementResult } from '../report/benchmark-report.js';
import type { BackendRunner, Prepared, RunTimes } from './backend-runner.js';
import { asChoice, type BenchmarkJob } from './benchmark-job.js';
import { compareLayers } from './compare-layers.js';
import { compareMethod } from './compare-method.js';
import { comparePatterns } from './compare-patterns.js';
import { ReferenceRuns } from './reference-runs.js';
import { samplesOf } from './sample-of.js';

export interface RunnerParts {
  readonly id: string;
  readonly host: string;
  readonly job: BenchmarkJob;
  readonly reference: Backend;
  /** @throws where the backend can't start. */
  readonly open: () => Promise<OpenedBackend>;
}

const WARM_UPS = 5;
const MOST_WARM_UPS = 40;

/** The forward pass as a program of PatternLens, where the runtime can't run the file itself. */
async function ownForward(network: Network, backend: Backend): Promise<ForwardPass> {
  const executable = await backend.compile(
    forwardProgram(resolveNetwork(network, { keepOutput: true })),
  );
  return { forwardOf: 'own program', run: executable.run, dispose: executable.dispose };
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await run();
  return performance.now() - begin;
}

/** Warms a function up until the time is up, with at least `WARM_UPS` runs unless they take more than twice the time. */
async function warmUp(run: () => Promise<unknown>, milliseconds: number): Promise<number> {
  const begin = performance.now();
  let last = Infinity;
  for (let runs = 0; runs < MOST_WARM_UPS; runs++) {
    const spent = performance.now() - begin;
    if (spent > milliseconds && (runs >= WARM_UPS || (runs > 0 && spent > 2 * milliseconds))) break;
    last = await timed(run);
  }
  return last;
}

const rest = (milliseconds: number): Promise<void> =>
  new Promise((done) => setTimeout(done, milliseconds));

function* blocksOf(inputs: TensorRecord): Generator<TensorRecord> {
  const count = Object.values(inputs)[0]!.shape[0]!;
  for (let from = 0; from < count; from += BLOCK)
    yield samplesOf(inputs, from, Math.min(count, from + BLOCK));
}

/** Measures a backend of this process or page. */
export function localRunner({ id, host, job, reference, open }: RunnerParts): BackendRunner {
  const runs = new ReferenceRuns(job, reference);
  let opened: (OpenedBackend & { readonly forward: ForwardPass }) | undefined;
  let layers: ReturnType<typeof compareLayers> | undefined;
  let turn: Readonly<Record<keyof RunTimes, () => Promise<unknown>>> | undefined;
  let release = (): Promise<void> => Promise.resolve();
  const backendOf = (): OpenedBackend & { readonly forward: ForwardPass } => {
    if (opened) return opened;
    throw new PatternLensError('benchmark', 'invalid-argument', `backend ${id}: it is not open.`, {
      backend: id,
    });
  };
  const free = async (): Promise<void> => {
    await release();
    release = () => Promise.resolve();
    turn = undefined;
  };
  return {
    backend: id,
    host,
    open: async () => {
      const made = await open();
      try {
        const forward = made.forward ?? (await ownForward(job.network, made.backend));
        opened = { ...made, forward };
        return { ...made.facts, forwardOf: forward.forwardOf };
      } catch (cause) {
        await made.backend.dispose();
        throw cause;
      }
    },
    compare: async (method): Promise<AgreementResult> => {
      const { backend } = backendOf();
      const agreement = await compareMethod(job, job.methods[method]!, backend, runs);
      return { ...agreement, ...(await (layers ??= compareLayers(job, backend, runs))) };
    },
    prepare: async (method, batch, milliseconds): Promise<Prepared> => {
      await free();
      const { backend, forward } = backendOf();
      const inputs = job.timed.get(batch)!;
      const begin = performance.now();
      const explainer = await createExplainer(job.network, {
        backend,
        method: asChoice(job.methods[method]!),
        patterns: job.patterns,
        plugins: job.plugins,
      });
      release = () => explainer.dispose();
      await explainer.explain(inputs, { samplesFirst: true });
      const cold = performance.now() - begin;
      turn = {
        forward: () => forward.run(inputs),
        method: () => explainer.explain(inputs, { samplesFirst: true }),
      };
      return {
        cold,
        forward: await warmUp(turn.forward, milliseconds),
        method: await warmUp(turn.method, milliseconds),
      };
    },
    time: async (count, pause): Promise<RunTimes> => {
      const times = { forward: [] as number[], method: [] as number[] };
      for (const part of ['forward', 'method'] as const) {
        await rest(pause);
        // The first run after a rest finds cold caches, and is not counted.
        await turn![part]();
        for (let run = 0; run < count; run++) times[part].push(await timed(turn![part]));
      }
      return times;
    },
    release: free,
    fit: async () => {
      const samples = Object.values(job.fitted!)[0]!.shape[0]!;
      const { backend } = backendOf();
      const begin = performance.now();
      const fitted = await fitPatterns(job.network, blocksOf(job.fitted!), {
        backend,
        withoutMoments: true,
        plugins: job.plugins,
      });
      const perSample = (performance.now() - begin) / samples;
      return { samples, perSample, layers: comparePatterns(fitted, job.patterns!) };
    },
    close: async () => {
      await free();
      await runs.dispose();
      await opened?.forward.dispose();
      await opened?.backend.dispose();
      opened = undefined;
    },
  };
}
