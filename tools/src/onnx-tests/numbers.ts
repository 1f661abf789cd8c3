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

/** A tensor with its first axis, that of the samples, at another place. */
function withSamplesAt({ data, shape }: Tensor, place: number): Tensor {
  const [samples = 1, ...rest] = shape;
  const inner = rest.slice(place).reduce((all, size) => all * size, 1);
  const outer = rest.slice(0, place).reduce((all, size) => all * size, 1);
  const moved = new Float64Array(data.length);
  for (let at = 0; at < data.length; at++) {
    const sample = Math.floor(at / (outer * inner)),
      before = Math.floor(at / inner) % outer;
    moved[(before * samples + sample) * inner + (at % inner)] = data[at]!;
  }
  return { data: moved, shape: [...rest.slice(0, place), samples, ...rest.slice(place)] };
}

/** How far two tensors are apart, as a share of the second: infinite where what is not finite differs, or counts do.
 * The network has its samples first; the file may have them at another axis, or together with another. */
export function distance(actual: Tensor, wanted: Tensor): number {
  if (actual.data.length !== wanted.data.length) return Infinity;
  const same = actual.shape.join() === wanted.shape.join();
  const places = same ? [0] : actual.shape.map((_, place) => place);
  return Math.min(
    ...places.map((place) =>
      apart(place === 0 ? actual.data : withSamplesAt(actual, place).data, wanted.data),
    ),
    Infinity,
  );
}

function apart(actual: ArrayLike<number>, wanted: ArrayLike<number>): number {
  let difference = 0,
    size = 0;
  for (let at = 0; at < wanted.length; at++) {
    const a = held(actual[at]!),
      b = held(wanted[at]!);
    if (!Number.isFinite(a) || !Number.isFinite(b)) {
      if (!Object.is(a, b)) return Infinity;
      continue;
    }
    difference = Math.hypot(difference, a - b);
    size = Math.hypot(size, b);
  }
  return size < SMALLEST ? difference : difference / size;
}
