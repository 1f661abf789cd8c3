import { messageOf, PatternLensError } from '@patternlens/core';
import type { TfjsBackendName } from '../kernels/traits.js';
import type { TensorFlow } from './tf.js';

/** Makes TensorFlow.js, which has one current backend for everyone, use a certain one. It is left there: going back after every run would cost
 * more than most kernels, and tensors of other backends are still read and moved by TensorFlow.js itself. */
export interface BackendSwitch {
  readonly id: string;
  /** Sets the backend up, once. */
  readonly initialise: () => Promise<void>;
  /** Makes a backend that has been set up the current one, at once. */
  readonly enter: () => void;
}

const REMEDIES: Readonly<Record<TfjsBackendName, string>> = {
  cpu: 'Import "@tensorflow/tfjs", or "@tensorflow/tfjs-backend-cpu".',
  wasm: 'Import "@tensorflow/tfjs-backend-wasm", and see that its .wasm files can be found.',
  webgl: 'It needs a browser with WebGL; try "wasm" or "cpu".',
  webgpu: 'Import "@tensorflow/tfjs-backend-webgpu"; it needs a browser with WebGPU.',
};

export function backendSwitch(tf: TensorFlow, name: TfjsBackendName): BackendSwitch {
  const id = `tfjs:${name}`;
  const unavailable = (what: string, cause?: unknown): PatternLensError =>
    new PatternLensError(
      'adapter-tfjs',
      'backend-unavailable',
      `${id}: ${what} ${REMEDIES[name]}`,
      { backend: id },
      cause,
    );
  let ready: Promise<void> | undefined;
  const setUp = async (): Promise<void> => {
    if (tf.findBackendFactory(name) == null)
      throw unavailable('TensorFlow.js has no such backend.');
    let done: boolean;
    try {
      done = await tf.setBackend(name);
    } catch (cause) {
      throw unavailable(`TensorFlow.js could not set it up: ${messageOf(cause)}.`, cause);
    }
    if (!done) throw unavailable('TensorFlow.js could not set it up.');
  };
  return {
    id,
    initialise: () =>
      (ready ??= setUp().catch((cause: unknown) => {
        ready = undefined;
        throw cause;
      })),
    enter: () => {
      if (tf.getBackend() === name) return;
      // A backend that has been set up is current when this returns; the promise has nothing more to say.
      void tf.setBackend(name);
      if (tf.getBackend() !== name)
        throw unavailable(`TensorFlow.js stays on "${tf.getBackend()}".`);
    },
  };
}
