import { PatternLensError } from '@patternlens/core';
import { BROWSER_BACKENDS, type BrowserBackendId } from './backend-ids.js';
import type { OpenedBackend } from './opened-backend.js';

export interface OpenBackendOptions {
  /** Address of the folder with the runtimes' own files, with a slash at its end: `ort/` for ONNX Runtime, `tfjs-wasm/` for TensorFlow.js. */
  readonly runtimes: string;
  /** The model file, for runtimes that run it as it is. */
  readonly model?: Uint8Array | undefined;
}

/** Opens a backend in a page or a module worker. Each runtime is loaded when it is asked for.
 * @throws where it can't start; nothing else runs in its place. */
export async function openBrowserBackend(
  id: BrowserBackendId,
  options: OpenBackendOptions,
): Promise<OpenedBackend> {
  const [runtime, mode] = id.split(':') as [string, never];
  if (runtime === 'onnx') return (await import('./open-onnx.js')).openOnnx(mode, options);
  if (runtime === 'tfjs') return (await import('./open-tfjs.js')).openTfjs(mode, options);
  if (runtime === 'gpujs') return (await import('./open-gpujs.js')).openGpujs(mode);
  throw new PatternLensError(
    'page',
    'invalid-argument',
    `backend "${id}": expected one of ${BROWSER_BACKENDS.join(', ')}.`,
  );
}
