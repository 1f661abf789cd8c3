import { availableParallelism } from 'node:os';
import { packagesOf } from './backend-ids.js';
import { importRuntimes } from './import-runtime.js';

/** Backends on ONNX Runtime that run here. */
export type OnnxBackendId = 'onnx:node' | 'onnx:wasm';

export const isOnnxBackend = (id: string): id is OnnxBackendId =>
  id === 'onnx:node' || id === 'onnx:wasm';

/** ONNX Runtime, and how a backend uses it. */
export interface InstalledOnnxRuntime {
  readonly ort: unknown;
  readonly executionProvider: 'cpu' | 'wasm';
}

/** @throws PatternLensError `backend-unavailable` with the command that installs it. */
export async function onnxRuntime(id: OnnxBackendId): Promise<InstalledOnnxRuntime> {
  const [ort] = await importRuntimes(id, packagesOf(id));
  if (id === 'onnx:wasm') useThreads(ort);
  return { ort, executionProvider: id === 'onnx:node' ? 'cpu' : 'wasm' };
}

/** The web runtime takes half of the processors by itself, for the sake of the page; here there is no page. */
function useThreads(runtime: unknown): void {
  const module = runtime as {
    env?: { wasm?: { numThreads?: number } };
    default?: { env?: { wasm?: { numThreads?: number } } };
  };
  const wasm = module.env?.wasm ?? module.default?.env?.wasm;
  if (wasm) wasm.numThreads ??= availableParallelism();
}
