import { localRunner } from '@patternlens/benchmark';
import { serveRunner } from '@patternlens/benchmark/node';
import { referenceBackend } from '@patternlens/reference';
import type { BackendId } from '@patternlens/explain/node';
import { openPlugins } from '../plugins/open-plugins.js';
import { openBench, type BenchRequest } from './bench-request.js';
import { openForBench } from './open-for-bench.js';

/** What one process measures. */
export interface ChildPayload {
  readonly request: BenchRequest;
  readonly id: BackendId;
}

serveRunner(async (payload) => {
  const { request, id } = payload as ChildPayload;
  const { job, model } = await openBench(request, await openPlugins(request.values.plugin));
  return localRunner({
    id,
    host: 'node',
    job,
    reference: referenceBackend(),
    open: () => openForBench(id, model),
  });
});
