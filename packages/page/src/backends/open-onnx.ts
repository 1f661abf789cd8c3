import { onnxBackend, openOnnxModel, type OnnxBackendOptions } from '@patternlens/adapter-onnx';
import { described } from './described.js';
import type { OpenBackendOptions, OpenedBackend } from './opened-backend.js';
import { requireAdapter } from './require-adapter.js';

/** ONNX Runtime, its files from `ort/` in the folder of the runtimes. */
export async function openOnnx(
  mode: 'wasm' | 'webgpu',
  { runtimes, model }: OpenBackendOptions,
): Promise<OpenedBackend> {
  const ort =
    mode === 'wasm' ? await import('onnxruntime-web/wasm') : await import('onnxruntime-web/webgpu');
  if (mode === 'webgpu') await requireAdapter();
  ort.env.wasm.wasmPaths = new URL('ort/', runtimes).href;
  ort.env.wasm.numThreads = crossOriginIsolated ? navigator.hardwareConcurrency : 1;
  const options: OnnxBackendOptions = { ort, executionProvider: mode };
  const plain = model && (await openOnnxModel(model, options));
  const opened = await described(onnxBackend(options));
  if (!plain) return opened;
  return {
    ...opened,
    forward: { forwardOf: 'model file', run: plain.run, dispose: plain.dispose },
  };
}
