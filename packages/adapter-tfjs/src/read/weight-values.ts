import type { Tensor, TensorData } from '@patternlens/core';
import { fromHalf } from '@patternlens/core/tensor';
import type { WeightEntry } from './weights-manifest.js';

/** The numbers as they are stored, little endian. */
function storedValues(type: string, bytes: Uint8Array): TensorData {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = (width: number, at: (place: number) => number): Float64Array =>
    Float64Array.from({ length: bytes.length / width }, (_, index) => at(index * width));
  switch (type) {
    case 'float32':
      return Float32Array.from({ length: bytes.length / 4 }, (_, at) =>
        view.getFloat32(at * 4, true),
      );
    case 'int32':
      return read(4, (place) => view.getInt32(place, true));
    case 'uint16':
      return read(2, (place) => view.getUint16(place, true));
    case 'float16':
      return read(2, (place) => fromHalf(view.getUint16(place, true)));
    default:
      return Float64Array.from(bytes);
  }
}

/** The numbers of a weight: as float32 where the file says so, integers as they are. */
export function decodeWeight(
  { shape, dtype, quantization }: WeightEntry,
  bytes: Uint8Array,
): Tensor {
  const stored = storedValues(quantization?.dtype ?? dtype, bytes);
  if (!quantization || quantization.dtype === 'float16')
    return { data: dtype === 'float16' ? Float32Array.from(stored) : stored, shape };
  const { scale, min } = quantization;
  if (dtype === 'float32')
    return { data: Float32Array.from(stored, (value) => value * scale + min), shape };
  return { data: Float64Array.from(stored, (value) => Math.round(value * scale + min)), shape };
}
