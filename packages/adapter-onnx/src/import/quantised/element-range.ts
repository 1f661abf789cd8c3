import { TensorProto_DataType as DataType } from 'onnx-buf';

/** The smallest and the largest number that quantised elements hold. */
export interface ElementRange {
  readonly low: number;
  readonly high: number;
}

const whole = (bits: number, signed: boolean): ElementRange =>
  signed ? { low: -(2 ** (bits - 1)), high: 2 ** (bits - 1) - 1 } : { low: 0, high: 2 ** bits - 1 };
const float = (largest: number): ElementRange => ({ low: -largest, high: largest });

const ranges: Readonly<Partial<Record<number, ElementRange>>> = {
  [DataType.INT2]: whole(2, true),
  [DataType.UINT2]: whole(2, false),
  [DataType.INT4]: whole(4, true),
  [DataType.UINT4]: whole(4, false),
  [DataType.INT8]: whole(8, true),
  [DataType.UINT8]: whole(8, false),
  [DataType.INT16]: whole(16, true),
  [DataType.UINT16]: whole(16, false),
  [DataType.INT32]: whole(32, true),
  [DataType.FLOAT8E4M3FN]: float(448),
  [DataType.FLOAT8E4M3FNUZ]: float(240),
  [DataType.FLOAT8E5M2]: float(57344),
  [DataType.FLOAT8E5M2FNUZ]: float(57344),
  [DataType.FLOAT4E2M1]: float(6),
};

/** The range of elements that a quantisation writes; undefined for other types. */
export const elementRange = (elements: number): ElementRange | undefined => ranges[elements];

const WHOLE: readonly number[] = [
  DataType.INT2,
  DataType.UINT2,
  DataType.INT4,
  DataType.UINT4,
  DataType.INT8,
  DataType.UINT8,
  DataType.INT16,
  DataType.UINT16,
  DataType.INT32,
];

/** Whether elements are rounded to whole numbers. */
export const isWholeElement = (elements: number): boolean => WHOLE.includes(elements);
