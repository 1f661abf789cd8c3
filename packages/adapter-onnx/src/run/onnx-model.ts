import { messageOf, PatternLensError, type Tensor, type TensorRecord } from '@patternlens/core';
import { runtimeOf, type OnnxBackendOptions } from './onnx-backend.js';
import type { OrtTensor } from './ort.js';

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
        session.inputNames.map((name): [string, OrtTensor] => {
          const { data, shape } = inputs[name]!;
          return [
            name,
            new ort.Tensor(
              'float32',
              data instanceof Float32Array ? data : Float32Array.from(data),
              shape,
            ),
          ];
        }),
      );
      const results = await inTurn(() => session.run(feeds));
      return Object.fromEntries(
        Object.entries(results).map(([name, { data, dims }]): [string, Tensor] => [
          name,
          { data: data as Float32Array, shape: [...dims] },
        ]),
      );
    },
  };
}
