import { PatternLensError, type TensorData } from '@patternlens/core';
import { fromHalf } from '@patternlens/core/tensor';
import type { NumberType } from '@patternlens/importing';
import {
  TensorProto_DataLocation,
  TensorProto_DataType as DataType,
  type TensorProto,
} from 'onnx-buf';
import { readExternal, type ExternalFiles } from './external-data.js';
import { smallFloats } from './small-floats.js';

/** The numbers of a tensor of the file. Integers are exact up to 2^53; larger ones are the largest of their kind and only ever mark an end. */
export interface TensorValues {
  readonly type: NumberType;
  /** The element type, by ONNX's number. */
  readonly elements: number;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

interface Reader {
  readonly type: NumberType;
  /** Bytes of an element; several elements share a byte where it is less than 1. */
  readonly bytes: number;
  readonly raw: (view: DataView, count: number) => TensorData;
  /** The typed field that holds the values where they are not raw. */
  readonly field: (tensor: TensorProto, count: number) => readonly (number | bigint)[];
  readonly decode?: (stored: number) => number;
}

const scratch = new DataView(new ArrayBuffer(4));

/** bfloat16, from its bits: the upper half of a float32. */
function fromBrainFloat(bits: number): number {
  scratch.setUint32(0, bits << 16);
  return scratch.getFloat32(0);
}

function halves(decode: (bits: number) => number): Reader {
  const values = (view: DataView, count: number): TensorData =>
    Float32Array.from({ length: count }, (_, at) => decode(view.getUint16(2 * at, true)));
  return { type: 'float', bytes: 2, raw: values, field: ({ int32Data }) => int32Data, decode };
}

/** Floats of one byte, which float32 holds exactly. */
function bytes(decode: (bits: number) => number): Reader {
  const raw = (view: DataView, count: number): TensorData =>
    Float32Array.from({ length: count }, (_, at) => decode(view.getUint8(at)));
  return { type: 'float', bytes: 1, raw, field: ({ int32Data }) => int32Data, decode };
}

/** Numbers of a few bits, several to a byte, the first in its lowest bits. */
function packed(type: NumberType, bits: number, decode: (stored: number) => number): Reader {
  const perByte = 8 / bits;
  const at = (byte: number, index: number): number =>
    (byte >> (bits * (index % perByte))) & (2 ** bits - 1);
  const raw = (view: DataView, count: number): TensorData =>
    Float64Array.from({ length: count }, (_, index) =>
      decode(at(view.getUint8(Math.floor(index / perByte)), index)),
    );
  const field = ({ int32Data }: TensorProto, count: number): number[] =>
    int32Data.length === Math.ceil(count / perByte)
      ? Array.from({ length: count }, (_, index) =>
          at(int32Data[Math.floor(index / perByte)]!, index),
        )
      : [...int32Data];
  return { type, bytes: bits / 8, raw, field, decode };
}

const signed =
  (bits: number) =>
  (stored: number): number =>
    stored >= 2 ** (bits - 1) ? stored - 2 ** bits : stored;

/** Little-endian float32, without one call a number: the bytes are copied to where they are aligned. */
function singles(view: DataView, count: number): TensorData {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, count * 4);
  return new Float32Array(bytes.slice().buffer);
}

type Field = 'int32Data' | 'int64Data' | 'uint64Data' | 'doubleData';
type Get = (view: DataView, at: number) => number | bigint;

function numbers(type: NumberType, bytes: number, field: Field, get: Get): Reader {
  const raw = (view: DataView, count: number): TensorData =>
    Float64Array.from({ length: count }, (_, at) => Number(get(view, at * bytes)));
  return { type, bytes, raw, field: (tensor) => tensor[field] };
}

const readers: Readonly<Partial<Record<number, Reader>>> = {
  [DataType.FLOAT]: { type: 'float', bytes: 4, raw: singles, field: ({ floatData }) => floatData },
  [DataType.DOUBLE]: numbers('float', 8, 'doubleData', (view, at) => view.getFloat64(at, true)),
  [DataType.FLOAT16]: halves(fromHalf),
  [DataType.BFLOAT16]: halves(fromBrainFloat),
  [DataType.FLOAT8E4M3FN]: bytes(smallFloats.e4m3fn),
  [DataType.FLOAT8E4M3FNUZ]: bytes(smallFloats.e4m3fnuz),
  [DataType.FLOAT8E5M2]: bytes(smallFloats.e5m2),
  [DataType.FLOAT8E5M2FNUZ]: bytes(smallFloats.e5m2fnuz),
  [DataType.FLOAT8E8M0]: bytes(smallFloats.e8m0),
  [DataType.FLOAT4E2M1]: packed('float', 4, smallFloats.e2m1),
  [DataType.INT64]: numbers('integer', 8, 'int64Data', (view, at) => view.getBigInt64(at, true)),
  [DataType.UINT64]: numbers('integer', 8, 'uint64Data', (view, at) => view.getBigUint64(at, true)),
  [DataType.INT32]: numbers('integer', 4, 'int32Data', (view, at) => view.getInt32(at, true)),
  [DataType.UINT32]: numbers('integer', 4, 'uint64Data', (view, at) => view.getUint32(at, true)),
  [DataType.INT16]: numbers('integer', 2, 'int32Data', (view, at) => view.getInt16(at, true)),
  [DataType.UINT16]: numbers('integer', 2, 'int32Data', (view, at) => view.getUint16(at, true)),
  [DataType.INT8]: numbers('integer', 1, 'int32Data', (view, at) => view.getInt8(at)),
  [DataType.UINT8]: numbers('integer', 1, 'int32Data', (view, at) => view.getUint8(at)),
  [DataType.INT4]: packed('integer', 4, signed(4)),
  [DataType.UINT4]: packed('integer', 4, (stored) => stored),
  [DataType.INT2]: packed('integer', 2, signed(2)),
  [DataType.UINT2]: packed('integer', 2, (stored) => stored),
  [DataType.BOOL]: numbers('boolean', 1, 'int32Data', (view, at) => view.getUint8(at)),
};

/** Names of element types, for messages. */
export const typeName = (type: number): string => (DataType[type] ?? `type ${type}`).toLowerCase();

/** The type of numbers that an element type holds; undefined for those that are not numbers. */
export const numberType = (type: number): NumberType | undefined => readers[type]?.type;

function invalid(tensor: TensorProto, message: string): never {
  throw new PatternLensError(
    'adapter-onnx',
    'invalid-file',
    `tensor "${tensor.name}": ${message}`,
    {
      file: tensor.name,
    },
  );
}

/** The shape that a tensor claims, and its number of elements.
 * @throws PatternLensError `invalid-file` where sizes are negative or beyond counting. */
function claimedShape(tensor: TensorProto): { shape: number[]; count: number } {
  const shape = tensor.dims.map(Number);
  const count = shape.reduce((total, dim) => total * dim, 1);
  if (shape.some((dim) => !Number.isSafeInteger(dim) || dim < 0) || !Number.isSafeInteger(count)) {
    return invalid(
      tensor,
      `its shape [${tensor.dims.join(', ')}] is not one. The file is damaged; export the model again.`,
    );
  }
  return { shape, count };
}

/** Reads a tensor of the file; what its header claims is checked against the bytes that are there before anything is allocated.
 * @throws PatternLensError `invalid-file` naming the tensor. */
export async function readTensor(
  tensor: TensorProto,
  files?: ExternalFiles,
): Promise<TensorValues> {
  const reader = readers[tensor.dataType];
  if (!reader)
    return invalid(
      tensor,
      `its elements are of ${typeName(tensor.dataType)}, which is not supported. Supported: floats of any width, integers and bool. Export the model with float32 weights.`,
    );
  const { shape, count } = claimedShape(tensor);
  const size = Math.ceil(count * reader.bytes);
  const external = tensor.dataLocation === TensorProto_DataLocation.EXTERNAL;
  const raw = external ? await readExternal(tensor, size, files) : tensor.rawData;
  const field = raw.length > 0 ? [] : reader.field(tensor, count);
  if (raw.length > 0 ? raw.length !== size : field.length !== count) {
    const held = raw.length > 0 ? `${raw.length} bytes` : `${field.length} values`;
    return invalid(
      tensor,
      `its shape [${shape.join(', ')}] needs ${raw.length > 0 ? `${size} bytes` : `${count} values`}, and it holds ${held}. The file is damaged; copy or export it again.`,
    );
  }
  const { decode } = reader;
  const data =
    raw.length > 0
      ? reader.raw(new DataView(raw.buffer, raw.byteOffset, raw.length), count)
      : reader.type === 'float' && reader.bytes === 4
        ? Float32Array.from(field as readonly number[])
        : Float64Array.from(field, (value) => (decode ? decode(Number(value)) : Number(value)));
  return { type: reader.type, elements: tensor.dataType, shape, data };
}
