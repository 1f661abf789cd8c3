import { TensorProto_DataType as DataType } from 'onnx-buf';
import { smallFloats } from '../../read/small-floats.js';

const floats = (bits: number, decode: (stored: number) => number) => (): ReadonlySet<number> =>
  new Set(Array.from({ length: 2 ** bits }, (_, stored) => decode(stored)).filter(Number.isFinite));

const wholes = (low: number, high: number) => (): ReadonlySet<number> =>
  new Set(Array.from({ length: high - low + 1 }, (_, at) => low + at));

const coarse: Readonly<Partial<Record<number, () => ReadonlySet<number>>>> = {
  [DataType.FLOAT8E4M3FN]: floats(8, smallFloats.e4m3fn),
  [DataType.FLOAT8E4M3FNUZ]: floats(8, smallFloats.e4m3fnuz),
  [DataType.FLOAT8E5M2]: floats(8, smallFloats.e5m2),
  [DataType.FLOAT8E5M2FNUZ]: floats(8, smallFloats.e5m2fnuz),
  [DataType.FLOAT8E8M0]: floats(8, smallFloats.e8m0),
  [DataType.FLOAT4E2M1]: floats(4, smallFloats.e2m1),
  [DataType.INT4]: wholes(-8, 7),
  [DataType.UINT4]: wholes(0, 15),
  [DataType.INT2]: wholes(-2, 1),
  [DataType.UINT2]: wholes(0, 3),
};

/** All numbers of an element type of so few bits that a cast to it changes most others; undefined for wider types. */
export const coarseNumbers = (type: number): ReadonlySet<number> | undefined => coarse[type]?.();
