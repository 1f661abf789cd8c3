import { tfjsBackend } from '@patternlens/adapter-tfjs';
import { described } from './described.js';
import type { OpenBackendOptions, OpenedBackend } from './opened-backend.js';
import { requireAdapter } from './require-adapter.js';
import { requireCanvas } from './require-canvas.js';

type TfjsMode = 'cpu' | 'wasm' | 'webgl' | 'webgpu';

/** Each import registers its kernels, and no other backend's. */
async function register(mode: TfjsMode, runtimes: string): Promise<void> {
  if (mode === 'wasm') {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(new URL('tfjs-wasm/', runtimes).href);
  }
  if (mode === 'webgpu') {
    await requireAdapter();
    await import('@tensorflow/tfjs-backend-webgpu');
  }
  if (mode === 'webgl') {
    requireCanvas();
    await import('@tensorflow/tfjs-backend-webgl');
  }
  if (mode === 'cpu') await import('@tensorflow/tfjs-backend-cpu');
}

/** TensorFlow.js' core with one of its backends; the files of WebAssembly from `tfjs-wasm/` in the folder of the runtimes. */
export async function openTfjs(
  mode: TfjsMode,
  { runtimes }: OpenBackendOptions,
): Promise<OpenedBackend> {
  const { tfjsCore: tf } = await import('./tfjs-core.js');
  await register(mode, runtimes);
  // Its threads run source text that minifiers break: where pages are isolated, they would never answer.
  if (mode === 'wasm') tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  return described(tfjsBackend({ tf, backend: mode }));
}
