import type { TensorFlow } from './tf.js';

/** What is used of a `GPUDevice`. */
interface Device {
  readonly pushErrorScope: (filter: 'validation') => void;
  readonly popErrorScope: () => Promise<{ readonly message: string } | null>;
}

/** Does something on the current backend, and asks WebGPU what was wrong with it: a shader that can't be built is no exception there, and leaves zeros.
 * @returns What it gave, and the first fault, if any. */
export function watched<T>(
  tf: Pick<TensorFlow, 'backend'>,
  work: () => T,
): { readonly value: T; readonly fault: Promise<string | undefined> } {
  const { device } = tf.backend() as { readonly device?: Device };
  if (typeof device?.pushErrorScope !== 'function')
    return { value: work(), fault: Promise.resolve(undefined) };
  device.pushErrorScope('validation');
  let value: T;
  try {
    value = work();
  } catch (cause) {
    void device.popErrorScope();
    throw cause;
  }
  return { value, fault: device.popErrorScope().then((error) => error?.message) };
}
