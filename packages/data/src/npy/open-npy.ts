import type { ByteSource } from '@patternlens/core';
import type { OpenedArray } from '../arrays/opened-array.js';
import { checkRange } from '../errors/check-range.js';
import { fileError } from '../errors/data-error.js';
import { readNpyHeader } from './npy-header.js';
import { readRows } from './npy-rows.js';

/** Opens an `.npy` file as samples along axis 0, already in model space. */
export async function openNpy(name: string, bytes: ByteSource): Promise<OpenedArray> {
  const header = await readNpyHeader(name, bytes);
  const [count, ...shape] = header.shape;
  if (count === undefined || header.shape.includes(0)) {
    throw fileError(
      name,
      'samples along the first axis, [N, ...]',
      `shape [${header.shape.join(', ')}]`,
      'Save a batch, even of one: array[None].',
    );
  }
  return {
    name,
    format: 'npy',
    count,
    shape,
    pixels: false,
    read: async (first, wanted) => {
      checkRange(name, first, wanted, count);
      const data = await readRows(name, bytes, header, first, wanted);
      return { data, shape: [wanted, ...shape] };
    },
  };
}
