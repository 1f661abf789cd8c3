import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Tensor } from '@patternlens/core';

/** The folder of stored models beside the repository; tests that need it are skipped where it is missing. */
export const modelsFolder = join(
  dirname(resolve(__dirname, '../../../..')),
  'shared/data/models-tfjs',
);

/** The names of the stored models. */
export const storedModels: readonly string[] = existsSync(modelsFolder)
  ? readdirSync(modelsFolder).filter((name) => existsSync(join(modelsFolder, name, 'model.json')))
  : [];

/** The files of a stored model, by their names. */
export function storedFiles(name: string): Record<string, Uint8Array> {
  const folder = join(modelsFolder, name);
  return Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file === 'model.json' || file.endsWith('.bin'))
      .map((file) => [file, new Uint8Array(readFileSync(join(folder, file)))]),
  );
}

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
