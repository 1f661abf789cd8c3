import { PatternLensError, type Backend } from '@patternlens/core';
import type { BackendId } from './backend-ids.js';
import { importRuntimes } from './import-runtime.js';
import { onnxRuntime } from './onnx-runtime.js';
import { tfjsRuntime } from './tfjs-runtime.js';

/** The order in which an installed backend is looked for. */
const PREFERRED: readonly BackendId[] = ['onnx:node', 'onnx:wasm', 'tfjs:wasm', 'gpujs:cpu'];

function inBrowsersOnly(id: BackendId, instead: string): never {
  throw new PatternLensError(
    'cli',
    'backend-unavailable',
    `backend ${id}: it runs in browsers only. Use ${instead} here.`,
    { backend: id },
  );
}

/** A backend by its name, on the runtime that is installed; the first whose runtime is installed where none is named.
 * @throws PatternLensError `backend-unavailable` with the command that installs it. */
export async function openBackend(id: BackendId | undefined): Promise<Backend> {
  switch (id) {
    case undefined:
      return firstInstalled();
    case 'reference':
      return (await import('@patternlens/reference')).referenceBackend();
    case 'onnx:node':
    case 'onnx:wasm': {
      const runtime = await onnxRuntime(id);
      return (await import('@patternlens/adapter-onnx')).onnxBackend(runtime);
    }
    case 'onnx:webgpu':
      return inBrowsersOnly(id, 'onnx:node or onnx:wasm');
    case 'tfjs:cpu':
    case 'tfjs:wasm': {
      const runtime = await tfjsRuntime(id);
      return (await import('@patternlens/adapter-tfjs')).tfjsBackend(runtime);
    }
    case 'tfjs:webgl':
    case 'tfjs:webgpu':
      return inBrowsersOnly(id, 'tfjs:wasm or tfjs:cpu');
    case 'gpujs:cpu':
    case 'gpujs:wasm': {
      const [gpujs] = await importRuntimes(id, ['gpu.js']);
      const mode = id === 'gpujs:cpu' ? 'cpu' : 'wasm';
      return (await import('@patternlens/adapter-gpujs')).gpujsBackend({ mode, gpujs });
    }
    case 'gpujs:webgl2':
    case 'gpujs:webgpu':
      return inBrowsersOnly(id, 'gpujs:cpu or gpujs:wasm');
  }
}

async function firstInstalled(): Promise<Backend> {
  for (const id of PREFERRED) {
    try {
      return await openBackend(id);
    } catch (cause) {
      if (!(cause instanceof PatternLensError) || cause.code !== 'backend-unavailable') throw cause;
    }
  }
  throw new PatternLensError(
    'cli',
    'backend-unavailable',
    'no runtime is installed. Run: npm install onnxruntime-node (or onnxruntime-web, @tensorflow/tfjs with @tensorflow/tfjs-backend-wasm, gpu.js)',
  );
}
