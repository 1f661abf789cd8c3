import {
  localRunner,
  runBenchmark,
  type BackendRunner,
  type BenchmarkJob,
  type BenchmarkOptions,
  type NetworkResult,
} from '@patternlens/benchmark';
import type { BackendId } from '@patternlens/explain/node';
import type { OpenedModel } from '../models/open-model.js';
import type { OpenedPlugins } from '../plugins/open-plugins.js';
import { openBench, type BenchRequest } from './bench-request.js';
import type { ChildPayload } from './child.js';
import { fitOnce, patternBytes } from './fit-once.js';
import { openForBench } from './open-for-bench.js';

const HOST = 'node';
/** The reference's run of a large network under a backend's decisions takes its time. */
const DEADLINE = 15 * 60_000;

/** A single backend runs in this process: where it fails there is no other result to keep. */
async function singleRunner(
  job: BenchmarkJob,
  model: OpenedModel,
  id: BackendId | undefined,
): Promise<BackendRunner> {
  const { referenceBackend } = await import('@patternlens/reference');
  // What can't start is an error, not a row of its own.
  const opened = await openForBench(id, model);
  return localRunner({
    id: opened.backend.id,
    host: HOST,
    job,
    reference: referenceBackend(),
    open: () => Promise.resolve(opened),
  });
}

/** Several backends have a process each, so that one that crashes takes nothing along. */
async function runnersOf(
  request: BenchRequest,
  ids: readonly BackendId[],
): Promise<BackendRunner[]> {
  const { childRunner } = await import('@patternlens/benchmark/node');
  return ids.map((id) =>
    childRunner({
      backend: id,
      host: HOST,
      module: new URL('./child.js', import.meta.url),
      payload: { request, id } satisfies ChildPayload,
      deadline: DEADLINE,
    }),
  );
}

/** Measures backends of this machine.
 * @param ids The first that is installed where there are none. */
export async function runBench(
  given: BenchRequest,
  ids: readonly BackendId[] | undefined,
  plugins: OpenedPlugins,
  { say, ...options }: BenchmarkOptions & { readonly say?: (line: string) => void },
): Promise<NetworkResult> {
  const opened = await openBench(given, plugins, say);
  const fits = given.fitted > 0 && given.patterns === undefined;
  const patterns = fits ? await fitOnce(opened.job) : opened.job.patterns;
  const job: BenchmarkJob = { ...opened.job, patterns };
  const request: BenchRequest =
    fits && patterns ? { ...given, patterns: await patternBytes(patterns) } : given;
  const runners =
    ids && ids.length > 1
      ? await runnersOf(request, ids)
      : [await singleRunner(job, opened.model, ids?.[0])];
  const { timing } = options;
  // No more than there are samples.
  const batches = [...job.timed.keys()];
  return runBenchmark(job, runners, { ...options, timing: timing && { ...timing, batches } });
}
