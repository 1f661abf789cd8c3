import type { Backend } from '@patternlens/core';
import type { BackendId } from './backend-ids.js';

export interface OpenedBackend {
  readonly backend: Backend;
  /** What really runs: version, mode, precision. */
  readonly note: string;
}

async function openReference(): Promise<OpenedBackend> {
  const { referenceBackend } = await import('@patternlens/reference');
  return { backend: referenceBackend(), note: 'float64 in JavaScript' };
}

/** Opens a backend in a worker. Each runtime is loaded when it is asked for.
 * @param runtimes The folder of the runtimes' own files.
 * @throws where it can't start; nothing else runs in its place. */
export async function openBackend(id: BackendId, runtimes: string): Promise<OpenedBackend> {
  if (id === 'reference') return openReference();
  const { openBrowserBackend } = await import('@patternlens/page');
  const { backend, facts } = await openBrowserBackend(id, { runtimes });
  const { runtime, mode } = facts;
  const version = runtime && `${runtime.name} ${runtime.version}`;
  return { backend, note: [version, mode].filter(Boolean).join(', ') };
}
