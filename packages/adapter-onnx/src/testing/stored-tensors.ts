import { create } from '@bufbuild/protobuf';
import { normals } from '@patternlens/core/tensor';
import {
  StringStringEntryProtoSchema,
  TensorProto_DataLocation,
  TensorProto_DataType as DataType,
  TensorProtoSchema,
  type TensorProto,
} from 'onnx-buf';

type Sizes = readonly number[];
type Fields = Partial<
  Pick<TensorProto, 'rawData' | 'floatData' | 'doubleData' | 'int32Data' | 'int64Data'>
>;

const bytesOf = (values: ArrayBufferView<ArrayBuffer>): Uint8Array<ArrayBuffer> =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

export const countOf = (shape: Sizes): number => shape.reduce((total, size) => total * size, 1);

/** A tensor as a file holds it; what it claims need not be true. */
export const stored = (
  name: string,
  dataType: number,
  shape: readonly (number | bigint)[],
  fields: Fields,
): TensorProto => create(TensorProtoSchema, { name, dataType, dims: shape.map(BigInt), ...fields });

/** float32, as bytes. */
export const floats = (name: string, shape: Sizes, values: Sizes): TensorProto =>
  stored(name, DataType.FLOAT, shape, { rawData: bytesOf(Float32Array.from(values)) });

/** int64, as bytes; a list where no shape is given. */
export const integers = (
  name: string,
  values: Sizes,
  shape: Sizes = [values.length],
): TensorProto =>
  stored(name, DataType.INT64, shape, { rawData: bytesOf(BigInt64Array.from(values, BigInt)) });

export const doubles = (name: string, shape: Sizes, values: Sizes): TensorProto =>
  stored(name, DataType.DOUBLE, shape, { rawData: bytesOf(Float64Array.from(values)) });

export const booleans = (name: string, shape: Sizes, values: readonly boolean[]): TensorProto =>
  stored(name, DataType.BOOL, shape, { rawData: Uint8Array.from(values, Number) });

/** Two-byte floats from their bits. */
export const halves = (
  name: string,
  shape: Sizes,
  bits: Sizes,
  dataType: number = DataType.FLOAT16,
): TensorProto => stored(name, dataType, shape, { rawData: bytesOf(Uint16Array.from(bits)) });

/** Normal numbers by seed, float32 as the file rounds them. */
export function normalNumbers(count: number, seed: number): number[] {
  const draw = normals(seed);
  return Array.from({ length: count }, () => Math.fround(draw()));
}

/** A float32 weight of normal numbers. */
export const weight = (name: string, shape: Sizes, seed = 1): TensorProto =>
  floats(name, shape, normalNumbers(countOf(shape), seed));

/** The same tensor with its bytes in another file. */
export const external = (
  { name, dataType, dims }: TensorProto,
  entries: Readonly<Record<string, string>>,
): TensorProto =>
  create(TensorProtoSchema, {
    name,
    dataType,
    dims,
    dataLocation: TensorProto_DataLocation.EXTERNAL,
    externalData: Object.entries(entries).map(([key, value]) =>
      create(StringStringEntryProtoSchema, { key, value }),
    ),
  });
