import { create } from '@bufbuild/protobuf';
import { type Tensor } from '@patternlens/core';
import { TensorProto_DataType as DataType, TensorProtoSchema, type TensorProto } from 'onnx-buf';

/** Whole numbers as a tensor of a file. */
export const wholeNumbers = (name: string, values: readonly number[]): TensorProto =>
  create(TensorProtoSchema, {
    name,
    dataType: DataType.INT64,
    dims: [BigInt(values.length)],
    int64Data: values.map(BigInt),
  });

/** The same numbers several times, along a new axis in front or along the first. */
export const repeated = ({ data, shape }: Tensor, times: number): Tensor => ({
  data: Float64Array.from({ length: data.length * times }, (_, at) => data[at % data.length]!),
  shape: [times, ...shape],
});

/** The largest float32: beyond it, backends have infinities. */
const LARGEST = 3.4028234663852886e38;

/** What is smaller than this, backends may hold as 0. */
const SMALLEST = 1e-37;

/** A number as float32 holds it, where that is infinite. */
const held = (value: number): number =>
  Math.abs(value) > LARGEST ? Math.sign(value) * Infinity : value;

/** How far two tensors are apart, as a share of the second: infinite where what is not finite differs, or shapes do. */
export function distance(actual: Tensor, wanted: Tensor): number {
  if (actual.shape.join() !== wanted.shape.join()) return Infinity;
  let apart = 0,
    size = 0;
  for (let at = 0; at < wanted.data.length; at++) {
    const a = held(actual.data[at]!),
      b = held(wanted.data[at]!);
    if (!Number.isFinite(a) || !Number.isFinite(b)) {
      if (!Object.is(a, b)) return Infinity;
      continue;
    }
    apart = Math.hypot(apart, a - b);
    size = Math.hypot(size, b);
  }
  return size < SMALLEST ? apart : apart / size;
}
