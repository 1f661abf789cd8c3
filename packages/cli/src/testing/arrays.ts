import { readFileSync, writeFileSync } from 'node:fs';
import { bytesSource, type Tensor } from '@patternlens/core';
import { encodeNpy, readNpy } from '@patternlens/data';

/** The array of a `.npy` file. */
export const readArray = (path: string): Promise<Tensor> =>
  readNpy(path, bytesSource(new Uint8Array(readFileSync(path))));

export function writeArray(
  path: string,
  data: readonly number[],
  shape: readonly number[],
): string {
  writeFileSync(path, encodeNpy({ data: Float32Array.from(data), shape }));
  return path;
}

/** Numbers that look random and are always the same. */
export function someNumbers(count: number, scale = 1): number[] {
  return Array.from(
    { length: count },
    (_, at) => scale * Math.sin(12.9898 * at + 0.7) * Math.cos(4.1414 * at),
  );
}

/** `|a - b| / |b|`. */
export function relativeL2(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let difference = 0,
    size = 0;
  for (let at = 0; at < b.length; at++) {
    difference += (a[at]! - b[at]!) ** 2;
    size += b[at]! ** 2;
  }
  return Math.sqrt(difference / size);
}
