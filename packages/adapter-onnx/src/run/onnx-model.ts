import { messageOf, PatternLensError, type Tensor, type TensorRecord } from '@patternlens/core';
import { runtimeOf, type OnnxBackendOptions } from './onnx-backend.js';
import type { OrtTensor } from './ort.js';
import { fromRuntime, toRuntime } from './typed-tensors.js';

/** A model file as the runtime itself runs it: what explanations are timed against. */
export interface OnnxModel extends AsyncDisposable {
  /** Runs the model; its outputs are read back. */
  readonly run: (inputs: TensorRecord) => Promise<TensorRecord>;
  readonly dispose: () => Promise<void>;
}

/** Opens a model file with the runtime, as it is.
 * @param model Its bytes, or on Node its path.
 * @throws PatternLensError `backend-failed` where the runtime can't load it. */
export async function openOnnxModel(
  model: Uint8Array | string,
  options: OnnxBackendOptions,
): Promise<OnnxModel> {
  const { ort, sessionOptions, id, inTurn } = runtimeOf(options);
  const session = await inTurn(() =>
    ort.InferenceSession.create(model as Uint8Array, sessionOptions as never),
  ).catch((cause: unknown) => {
    throw new PatternLensError(
      'adapter-onnx',
      'backend-failed',
      `${id}: the runtime could not load the model: ${messageOf(cause)}`,
      { backend: id },
      cause,
    );
  });
  let open = true;
  const dispose = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await inTurn(() => session.release());
  };
  return {
    dispose,
    [Symbol.asyncDispose]: dispose,
    run: async (inputs) => {
      const feeds = Object.fromEntries(
        session.inputNames.map((name, at): [string, OrtTensor] => {
          const type = session.inputMetadata?.[at]?.type ?? 'float32';
          const { shape } = inputs[name]!;
          const data = toRuntime(name, type, inputs[name]!);
          return [name, new ort.Tensor(type as 'float32', data as Float32Array, shape)];
        }),
      );
      const results = await inTurn(() => session.run(feeds));
      return Object.fromEntries(
        Object.entries(results).map(([name, { data, dims, type }]): [string, Tensor] => [
          name,
          { data: fromRuntime(type, data), shape: [...dims] },
        ]),
      );
    },
  };
}
