import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Tensor } from '@patternlens/core';

/** The folder of real data and models beside the repository; tests that need it are skipped where it is missing. */
export const sharedData = join(dirname(resolve(__dirname, '../../../..')), 'shared', 'data');
export const hasSharedData = existsSync(sharedData);
/** An array of floats as NumPy writes it. */
export function readArray(file: string): Tensor {
  const bytes = readFileSync(file);
  const length = bytes.readUInt16LE(8);
  const header = bytes.subarray(10, 10 + length).toString('latin1');
  const sizes = /'shape':\s*\(([^)]*)\)/.exec(header)![1]!;
  const shape = sizes
    .split(',')
    .map((size) => size.trim())
    .filter(Boolean)
    .map(Number);
  const data = new Uint8Array(bytes.subarray(10 + length)).buffer;
  return { shape, data: header.includes('<f8') ? new Float64Array(data) : new Float32Array(data) };
}

/** `|a - b| / |b|`; of vectors of zeros, `|a|`. */
export function relativeL2(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let difference = 0,
    size = 0;
  for (let at = 0; at < b.length; at++) {
    difference += (a[at]! - b[at]!) ** 2;
    size += b[at]! ** 2;
  }
  return Math.sqrt(difference) / (size === 0 ? 1 : Math.sqrt(size));
}
