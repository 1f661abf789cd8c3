import type { OnnxModel } from '@patternlens/adapter-onnx';
import type { TfjsModelRuntime } from '@patternlens/adapter-tfjs';
import type { OpenedModel } from '../models/open-model.js';
import { shardsBeside } from '../models/tfjs-file.js';
import { isOnnxBackend, onnxRuntime } from './onnx-runtime.js';
import { isTfjsBackend, tfjsRuntime } from './tfjs-runtime.js';

/** A model's files as a runtime itself runs them; its outputs are read back. */
export type PlainModel = Pick<OnnxModel, 'run' | 'dispose'>;

/** The model file run by the backend's own runtime, as it is; undefined for a backend whose runtime can't read it. */
export async function openPlainModel(
  model: OpenedModel,
  backend: string,
): Promise<PlainModel | undefined> {
  const isOnnx = model.network.format === 'onnx';
  if (isOnnx && isOnnxBackend(backend)) {
    const runtime = await onnxRuntime(backend);
    const { openOnnxModel } = await import('@patternlens/adapter-onnx');
    return openOnnxModel(backend === 'onnx:node' ? model.file : model.bytes, runtime);
  }
  if (!isOnnx && isTfjsBackend(backend)) {
    const runtime = await tfjsRuntime(backend);
    const { openTfjsModel } = await import('@patternlens/adapter-tfjs');
    return openTfjsModel(
      { json: model.bytes, shards: shardsBeside(model.file) },
      { tf: runtime.tf as TfjsModelRuntime, backend: runtime.backend },
    );
  }
  return undefined;
}
