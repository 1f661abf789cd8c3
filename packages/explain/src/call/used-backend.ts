import { PatternLensError, suggestion, type Backend } from '@patternlens/core';
import { BACKEND_IDS } from '../backends/backend-ids.js';
import type { Platform } from './platform.js';

/** What computed. */
export interface UsedBackend {
  /** `onnx:node` */
  readonly id: string;
  /** The caller handed it in, named it, or it was the first that is installed. */
  readonly chosen: 'given' | 'named' | 'first-installed';
  /** The library and its version, where the backend tells. */
  readonly runtime?: { readonly name: string; readonly version: string } | undefined;
  readonly mode?: string | undefined;
  /** `float32`; `float16` on some graphics cards. */
  readonly precision?: string | undefined;
  readonly threads?: number | undefined;
}

type Facts = Pick<UsedBackend, 'runtime' | 'mode' | 'precision' | 'threads'>;

/** A backend in use; what was opened for the call ends with it. */
export interface BackendInUse extends AsyncDisposable {
  readonly backend: Backend;
  readonly notes: readonly string[];
  /** What it tells of itself. Of some runtimes more is known when they have run. */
  readonly used: () => Promise<UsedBackend>;
}

async function factsOf(backend: Backend): Promise<Facts> {
  if (!('describe' in backend) || typeof backend.describe !== 'function') return {};
  const describe = backend.describe as () => Promise<Facts>;
  const { runtime, mode, precision, threads } = await describe();
  return { runtime, mode, precision, threads };
}

/** The backend that was handed in, or one that is opened by name, or on the first runtime that is there.
 * @throws PatternLensError `invalid-argument` for an unknown name; `backend-unavailable` with the remedy. */
export async function useBackend(
  given: Backend | string | undefined,
  platform: Platform,
): Promise<BackendInUse> {
  if (typeof given === 'object')
    return {
      backend: given,
      notes: [],
      used: async () => ({ id: given.id, chosen: 'given', ...(await factsOf(given)) }),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  const { backendIds } = platform;
  if (given !== undefined && !backendIds.includes(given)) {
    const sentence = (BACKEND_IDS as readonly string[]).includes(given)
      ? `"${given}" is not opened by its name here, as ${backendIds.join(', ')} are. Hand in the backend itself, or one of these names.`
      : `there is no backend "${given}". ${suggestion(given, backendIds)}`;
    throw new PatternLensError('explain', 'invalid-argument', `backend: ${sentence}`, {
      backend: given,
    });
  }
  const { backend, notes } = await platform.openBackend(given);
  const chosen = given === undefined ? 'first-installed' : 'named';
  return {
    backend,
    notes,
    used: async () => ({ id: backend.id, chosen, ...(await factsOf(backend)) }),
    [Symbol.asyncDispose]: () => backend.dispose(),
  };
}
