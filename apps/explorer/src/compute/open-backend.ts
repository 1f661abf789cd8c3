import type { Backend } from '@patternlens/core';
import { openBrowserBackend, type BackendFacts } from '@patternlens/page';
import type { BackendId } from './backend-ids.js';

export interface OpenedBackend {
  readonly backend: Backend;
  readonly facts: BackendFacts;
}

async function openReference(): Promise<OpenedBackend> {
  const { referenceBackend } = await import('@patternlens/reference');
  return { backend: referenceBackend(), facts: { mode: 'JavaScript', precision: 'float64' } };
}

/** Opens a backend in a worker. Each runtime is loaded when it is asked for.
 * @param runtimes The folder of the runtimes' own files.
 * @throws where it can't start; nothing else runs in its place. */
export async function openBackend(id: BackendId, runtimes: string): Promise<OpenedBackend> {
  if (id === 'reference') return openReference();
  return openBrowserBackend(id, { runtimes });
}
