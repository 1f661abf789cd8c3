import { product } from './shape.js';
import type { Tensor } from './tensor.js';

/** Samples `from` to `to` (not included) of a tensor whose axis 0 is the batch, without copying: `[to - from, ...]`. */
export function sliceSamples({ data, shape }: Tensor, from: number, to: number): Tensor {
  const each = product(shape.slice(1));
  return {
    data: data.subarray(from * each, to * each),
    shape: [to - from, ...shape.slice(1)],
  };
}

/** Tensors joined along the batch, axis 0: their other axes have to be the same, which is not checked. The
 * numbers are of the type of the first, and there is at least one tensor. */
export function joinTensors(parts: readonly Tensor[]): Tensor {
  const [first] = parts;
  const total = parts.reduce((sum, part) => sum + part.data.length, 0);
  const data =
    first!.data instanceof Float32Array ? new Float32Array(total) : new Float64Array(total);
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return {
    data,
    shape: [parts.reduce((sum, part) => sum + part.shape[0]!, 0), ...first!.shape.slice(1)],
  };
}
