import type { ByteSource, Tensor } from '@patternlens/core';
import { readNpyHeader } from './npy-header.js';
import { readRows } from './npy-rows.js';

/** Reads a whole `.npy` file (versions 1 to 3; numbers and booleans of any width and byte order; C or Fortran order):
 * float64 where float32 would lose digits, else float32. 64-bit integers are rounded to float64.
 * @throws PatternLensError `invalid-file`. */
export async function readNpy(file: string, bytes: ByteSource): Promise<Tensor> {
  const header = await readNpyHeader(file, bytes);
  const { shape } = header;
  if (shape.includes(0)) return { data: new Float32Array(0), shape };
  return { data: await readRows(file, bytes, header, 0, shape[0] ?? 1), shape };
}
