import { packagesOf } from './backend-ids.js';
import { importRuntimes } from './import-runtime.js';

/** Backends on TensorFlow.js that run here. */
export type TfjsBackendId = 'tfjs:cpu' | 'tfjs:wasm';

export const isTfjsBackend = (id: string): id is TfjsBackendId =>
  id === 'tfjs:cpu' || id === 'tfjs:wasm';

/** TensorFlow.js, and how a backend uses it. */
export interface InstalledTfjs {
  readonly tf: unknown;
  readonly backend: 'cpu' | 'wasm';
}

interface ProductionMode {
  readonly enableProdMode: () => void;
}

/** @throws PatternLensError `backend-unavailable` with the command that installs it. */
export async function tfjsRuntime(id: TfjsBackendId): Promise<InstalledTfjs> {
  const [module] = await importRuntimes(id, packagesOf(id));
  // Elsewhere it greets users of Node on the error stream.
  const tf = (module as { readonly default?: unknown }).default ?? module;
  (tf as ProductionMode).enableProdMode();
  return { tf, backend: id === 'tfjs:cpu' ? 'cpu' : 'wasm' };
}
