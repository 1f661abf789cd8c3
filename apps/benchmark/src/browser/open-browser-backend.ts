import { onnxBackend, openOnnxModel, type OnnxBackendOptions } from '@patternlens/adapter-onnx';
import { PatternLensError, type Backend } from '@patternlens/core';
import type { OpenedBackend } from '../engine/local-runner.js';
import type { BackendFacts } from '../engine/backend-runner.js';
import type { BrowserBackendId } from './backend-ids.js';
import { halfPrecision } from './explain-failure.js';

/** Where the server has the runtimes' own files. */
const RUNTIMES = new URL('runtimes/', document.baseURI).href;

/** What adapters tell of a backend. */
type Described = Backend & {
  readonly describe: () => Promise<Omit<BackendFacts, 'forwardOf'> & { readonly adapter?: string }>;
};

async function openedOf(backend: Described): Promise<OpenedBackend> {
  try {
    const { adapter, mode, ...facts } = await backend.describe();
    const named = adapter === undefined ? mode : `${mode ?? ''} on ${adapter}`;
    const note = halfPrecision(facts.precision);
    return { backend, facts: { ...facts, mode: [named, note].filter(Boolean).join('. ') } };
  } catch (cause) {
    await backend.dispose();
    throw cause;
  }
}

async function openOnnx(
  mode: 'wasm' | 'webgpu',
  model: Uint8Array | undefined,
): Promise<OpenedBackend> {
  const ort =
    mode === 'wasm' ? await import('onnxruntime-web/wasm') : await import('onnxruntime-web/webgpu');
  if (mode === 'webgpu') await requireAdapter();
  ort.env.wasm.wasmPaths = `${RUNTIMES}ort/`;
  ort.env.wasm.numThreads = crossOriginIsolated ? navigator.hardwareConcurrency : 1;
  const options: OnnxBackendOptions = { ort, executionProvider: mode };
  const plain = model && (await openOnnxModel(model, options));
  const opened = await openedOf(onnxBackend(options));
  if (!plain) return opened;
  return {
    ...opened,
    forward: { forwardOf: 'model file', run: plain.run, dispose: plain.dispose },
  };
}

/** Runtimes fall back, or crash later, where there is no adapter. */
async function requireAdapter(): Promise<void> {
  // Not all browsers have what the types promise.
  const { gpu } = navigator as Partial<Navigator>;
  if (!(await gpu?.requestAdapter()))
    throw new PatternLensError(
      'benchmark',
      'backend-unavailable',
      'WebGPU is not available: no adapter.',
    );
}

async function openTfjs(mode: 'cpu' | 'wasm' | 'webgl' | 'webgpu'): Promise<OpenedBackend> {
  const tf = await import('@tensorflow/tfjs');
  if (mode === 'wasm') {
    const { setThreadsCount, setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(`${RUNTIMES}tfjs-wasm/`);
    if (crossOriginIsolated) setThreadsCount(navigator.hardwareConcurrency);
  }
  if (mode === 'webgpu') {
    await requireAdapter();
    await import('@tensorflow/tfjs-backend-webgpu');
  }
  const adapter = (await import('@patternlens/adapter-tfjs')) as {
    tfjsBackend?: (options: object) => Described;
  };
  if (!adapter.tfjsBackend) return missing('tfjs');
  return openedOf(adapter.tfjsBackend({ tf, backend: mode }));
}

async function openGpujs(mode: 'cpu' | 'wasm' | 'webgl2' | 'webgpu'): Promise<OpenedBackend> {
  if (mode === 'webgpu') await requireAdapter();
  const gpujs: unknown = await import('gpu.js');
  const adapter = (await import('@patternlens/adapter-gpujs')) as {
    gpujsBackend?: (options: object) => Described;
  };
  if (!adapter.gpujsBackend) return missing('gpujs');
  return openedOf(adapter.gpujsBackend({ mode, gpujs }));
}

function missing(runtime: string): never {
  throw new PatternLensError(
    'benchmark',
    'backend-unavailable',
    `this version has no adapter for ${runtime}.`,
  );
}

/** Opens a backend of this page. Each runtime is loaded when it is asked for.
 * @param model The model file, for runtimes that run it as it is.
 * @throws where it can't start; nothing else runs in its place. */
export function openBrowserBackend(
  id: BrowserBackendId,
  model?: Uint8Array,
): Promise<OpenedBackend> {
  const [runtime, mode] = id.split(':') as [string, never];
  if (runtime === 'onnx') return openOnnx(mode, model);
  return runtime === 'tfjs' ? openTfjs(mode) : openGpujs(mode);
}
