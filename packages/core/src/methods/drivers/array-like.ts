import type { Tensor, TensorData } from '../../tensor/tensor.js';

/** An array of the same width as a tensor's, so that every backend is given the very same numbers. */
export function arrayLike({ data }: Tensor): TensorData {
  return data instanceof Float32Array
    ? new Float32Array(data.length)
    : new Float64Array(data.length);
}
