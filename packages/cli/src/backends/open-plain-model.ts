import type { OnnxModel } from '@patternlens/adapter-onnx';
import type { TfjsModelRuntime } from '@patternlens/adapter-tfjs';
import type { Network } from '@patternlens/core';
import {
  isOnnxBackend,
  isTfjsBackend,
  onnxRuntime,
  shardsBeside,
  tfjsRuntime,
} from '@patternlens/explain/node';
import type { OpenedModel } from '../models/open-model.js';

/** A model's files as a runtime itself runs them; its outputs are read back. */
export type PlainModel = Pick<OnnxModel, 'run' | 'dispose'>;

/** Whether running the file is running the network: it takes nothing more, and gives first what is explained. */
const isWhole = ({ unusedInputs = [], fileOutputs = [] }: Network): boolean =>
  unusedInputs.length === 0 && fileOutputs[0]?.explained !== false;

/** The model file run by the backend's own runtime, as it is; undefined for a backend whose runtime can't read it, and where a part of the file is explained. */
export async function openPlainModel(
  model: OpenedModel,
  backend: string,
): Promise<PlainModel | undefined> {
  if (!isWhole(model.network)) return undefined;
  const isOnnx = model.network.format === 'onnx';
  if (isOnnx && isOnnxBackend(backend)) {
    const runtime = await onnxRuntime(backend);
    const { openOnnxModel } = await import('@patternlens/adapter-onnx');
    return openOnnxModel(backend === 'onnx:node' ? model.filePath : model.bytes, runtime);
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
