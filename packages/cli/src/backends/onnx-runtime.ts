import { availableParallelism } from 'node:os';
import { importRuntimes } from './import-runtime.js';

/** ONNX Runtime, and how a backend uses it. */
export interface InstalledOnnxRuntime {
  readonly ort: unknown;
  readonly executionProvider: 'cpu' | 'wasm';
}

/** @throws PatternLensError `backend-unavailable` with the command that installs it. */
export async function onnxRuntime(id: 'onnx:node' | 'onnx:wasm'): Promise<InstalledOnnxRuntime> {
  const name = id === 'onnx:node' ? 'onnxruntime-node' : 'onnxruntime-web';
  const [ort] = await importRuntimes(id, [name]);
  if (id === 'onnx:wasm') useThreads(ort);
  return { ort, executionProvider: id === 'onnx:node' ? 'cpu' : 'wasm' };
}

/** The web runtime takes half of the processors by itself, for the sake of the page; here there is no page. */
function useThreads(runtime: unknown): void {
  const own = runtime as {
    env?: { wasm?: { numThreads?: number } };
    default?: { env?: { wasm?: { numThreads?: number } } };
  };
  const wasm = own.env?.wasm ?? own.default?.env?.wasm;
  if (wasm) wasm.numThreads ??= availableParallelism();
}
