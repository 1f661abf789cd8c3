import type { OnnxModel } from '@patternlens/adapter-onnx';
import type { OpenedModel } from '../models/open-model.js';
import { onnxRuntime } from './onnx-runtime.js';

/** The model file run by the backend's own runtime, as it is; undefined for a backend whose runtime can't read it. */
export async function openPlainModel(
  model: OpenedModel,
  backend: string,
): Promise<OnnxModel | undefined> {
  if (model.network.format !== 'onnx' || (backend !== 'onnx:node' && backend !== 'onnx:wasm'))
    return undefined;
  const runtime = await onnxRuntime(backend);
  const { openOnnxModel } = await import('@patternlens/adapter-onnx');
  return openOnnxModel(backend === 'onnx:node' ? model.file : model.bytes, runtime);
}
