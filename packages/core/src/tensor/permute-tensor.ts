import { product, stridesOf } from './shape.js';
import type { Tensor, TensorData } from './tensor.js';

export function inversePermutation(permutation: readonly number[]): number[] {
  const inverse = new Array<number>(permutation.length);
  permutation.forEach((from, to) => (inverse[from] = to));
  return inverse;
}

/** The tensor with axis `i` of the result being axis `permutation[i]` of the given one. */
export function permuteTensor({ data, shape }: Tensor, permutation: readonly number[]): Tensor {
  if (permutation.every((from, to) => from === to)) return { data, shape };
  const resultShape = permutation.map((axis) => shape[axis]!);
  const strides = stridesOf(shape);
  const steps = permutation.map((axis) => strides[axis]!);
  const result: TensorData =
    data instanceof Float32Array ? new Float32Array(data.length) : new Float64Array(data.length);
  const index = new Array<number>(resultShape.length).fill(0);
  for (let at = 0, from = 0; at < product(resultShape); at++) {
    result[at] = data[from]!;
    for (let axis = index.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      from += steps[axis]!;
      if (index[axis]! < resultShape[axis]!) break;
      from -= steps[axis]! * resultShape[axis]!;
      index[axis] = 0;
    }
  }
  return { data: result, shape: resultShape };
}
