import { PatternLensError, type Tensor, type TensorData } from '@patternlens/core';
import { fromHalf } from '@patternlens/core/tensor';
import { nearestWhole } from '../read/nearest-whole.js';

type Typed = ArrayBufferView & ArrayLike<number | bigint>;
type From = (data: TensorData) => Typed;

const bits = new DataView(new ArrayBuffer(4));

/** The 16 bits of the half that is nearest to a number, the even one of two. */
export function toHalf(value: number): number {
  bits.setFloat32(0, value);
  const single = bits.getUint32(0);
  const sign = (single >>> 16) & 0x8000;
  const size = Math.abs(Math.fround(value));
  if (Number.isNaN(value)) return sign | 0x7e00;
  if (size >= 65520) return sign | 0x7c00;
  // Below the smallest normal half, halves are multiples of 2^-24; above, 13 bits of the fraction go.
  if (size < 2 ** -14) return sign | nearestWhole(size * 2 ** 24);
  return sign | (nearestWhole((single & 0x7fffffff) / 2 ** 13) - (112 << 10));
}

const bigs = (value: number): bigint => BigInt(Math.trunc(value));

/** Numbers as the runtime takes them, by its names of types. */
const typed: Readonly<Record<string, From>> = {
  float32: (data) => (data instanceof Float32Array ? data : Float32Array.from(data)),
  float64: (data) => Float64Array.from(data),
  float16: (data) => Uint16Array.from(data, toHalf),
  uint8: (data) => Uint8Array.from(data),
  int8: (data) => Int8Array.from(data),
  uint16: (data) => Uint16Array.from(data),
  int16: (data) => Int16Array.from(data),
  uint32: (data) => Uint32Array.from(data),
  int32: (data) => Int32Array.from(data),
  uint64: (data) => BigUint64Array.from(Array.from(data, bigs)),
  int64: (data) => BigInt64Array.from(Array.from(data, bigs)),
};

/** Numbers in the type that an input of a model file has.
 * @throws PatternLensError `backend-failed` where the runtime takes none of it. */
export function toRuntime(name: string, type: string, { data }: Tensor): Typed {
  const from = Object.hasOwn(typed, type) ? typed[type] : undefined;
  if (from) return from(data);
  throw new PatternLensError(
    'adapter-onnx',
    'backend-failed',
    `input "${name}" is of ${type}, which the runtime cannot be given from here.`,
    { layer: name },
  );
}

/** Numbers of any type that the runtime gives, as floats. */
export function fromRuntime(type: string, data: unknown): TensorData {
  if (data instanceof Float32Array || data instanceof Float64Array) return data;
  const numbers = Array.from(data as ArrayLike<number | bigint>, Number);
  return Float32Array.from(
    data instanceof Uint16Array && type === 'float16' ? numbers.map(fromHalf) : numbers,
  );
}
