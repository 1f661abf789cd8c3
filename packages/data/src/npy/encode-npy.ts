import type { Tensor } from '@patternlens/core';
import { product } from '@patternlens/core/tensor';
import { argumentError } from '../errors/data-error.js';

const ALIGNMENT = 64;
const PREFIX = 10;
const LONGEST_COUNT = 16;

/** The header of a float32 `.npy` file in C order. Its length depends on the shape of a sample only, not on how many
 * there are (`shape[0]`): samples can be written as they come, and the header put over its own place once they are counted.
 * @throws PatternLensError `invalid-argument` for sizes that are not whole numbers. */
export function npyHeader(shape: readonly number[]): Uint8Array {
  if (!shape.every((size) => Number.isSafeInteger(size) && size >= 0))
    throw argumentError('npyHeader', 'whole sizes', `[${shape.join(', ')}]`);
  const sizes = shape.length === 1 ? `${shape.join('')},` : shape.join(', ');
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${sizes}), }`;
  const spare = shape.length === 0 ? 0 : LONGEST_COUNT - String(shape[0]).length;
  const total = Math.ceil((PREFIX + text.length + spare + 1) / ALIGNMENT) * ALIGNMENT;
  const header = new Uint8Array(total).fill(0x20);
  header.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  header[8] = (total - PREFIX) & 0xff;
  header[9] = (total - PREFIX) >> 8;
  for (let at = 0; at < text.length; at++) header[PREFIX + at] = text.charCodeAt(at);
  header[total - 1] = 0x0a;
  return header;
}

/** A tensor as an `.npy` file: version 1, float32, little endian, C order.
 * @throws PatternLensError `invalid-argument` where the data does not fill the shape. */
export function encodeNpy({ data, shape }: Tensor): Uint8Array {
  const header = npyHeader(shape);
  const size = product(shape);
  if (size !== data.length)
    throw argumentError('encodeNpy', `${size} values for [${shape.join(', ')}]`, `${data.length}`);
  const file = new Uint8Array(header.length + 4 * size);
  file.set(header);
  const view = new DataView(file.buffer, header.length);
  for (let at = 0; at < size; at++) view.setFloat32(4 * at, data[at]!, true);
  return file;
}
