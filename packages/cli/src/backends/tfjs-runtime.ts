import { importRuntimes } from './import-runtime.js';

/** TensorFlow.js, and how a backend uses it. */
export interface InstalledTfjs {
  readonly tf: unknown;
  readonly backend: 'cpu' | 'wasm';
}

interface ProductionMode {
  readonly enableProdMode: () => void;
}

/** @throws PatternLensError `backend-unavailable` with the command that installs it. */
export async function tfjsRuntime(id: 'tfjs:cpu' | 'tfjs:wasm'): Promise<InstalledTfjs> {
  const backend = id === 'tfjs:cpu' ? 'cpu' : 'wasm';
  const [tf] = await importRuntimes(
    id,
    backend === 'cpu'
      ? ['@tensorflow/tfjs']
      : ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'],
  );
  // Elsewhere it greets users of Node on the error stream.
  const own = (tf as { readonly default?: unknown }).default ?? tf;
  (own as ProductionMode).enableProdMode();
  return { tf: own, backend };
}
