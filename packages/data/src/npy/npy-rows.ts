import type { ByteSource, TensorData } from '@patternlens/core';
import { product } from '@patternlens/core/tensor';
import { readBytes, viewOf } from '../bytes/read-bytes.js';
import type { NpyHeader } from './npy-header.js';

/** Bytes read at once where the elements of a sample lie scattered. */
const SPAN = 2 ** 20;

/** Reads rows `first` to `first + count` along axis 0, in C order whatever the file's; the range has been checked. */
export function readRows(
  file: string,
  source: ByteSource,
  header: NpyHeader,
  first: number,
  count: number,
): Promise<TensorData> {
  return header.fortran && header.shape.length > 1
    ? readFortranRows(file, source, header, first, count)
    : readPlainRows(file, source, header, first, count);
}

const room = (header: NpyHeader, length: number): TensorData =>
  header.type.single ? new Float32Array(length) : new Float64Array(length);

async function readPlainRows(
  file: string,
  source: ByteSource,
  header: NpyHeader,
  first: number,
  count: number,
): Promise<TensorData> {
  const { type, offset } = header;
  const each = product(header.shape.slice(1));
  const from = offset + first * each * type.bytes;
  const view = viewOf(await readBytes(file, source, from, count * each * type.bytes));
  const data = room(header, count * each);
  for (let at = 0; at < data.length; at++) data[at] = type.get(view, at * type.bytes);
  return data;
}

/** In Fortran order the rows of one element lie together, and those of the next a whole batch further: as many elements
 * are read at once as a span holds, so that neither the reads nor the memory grow out of hand. */
async function readFortranRows(
  file: string,
  source: ByteSource,
  header: NpyHeader,
  first: number,
  count: number,
): Promise<TensorData> {
  const { type, offset } = header;
  const [rows = 0, ...sample] = header.shape;
  const each = product(sample);
  const data = room(header, count * each);
  const atOnce = Math.max(1, Math.floor((SPAN / type.bytes - count) / rows) + 1);
  for (let column = 0; column < each; column += atOnce) {
    const columns = Math.min(atOnce, each - column);
    const from = offset + (column * rows + first) * type.bytes;
    const length = ((columns - 1) * rows + count) * type.bytes;
    const view = viewOf(await readBytes(file, source, from, length));
    for (let index = 0; index < columns; index++) {
      const target = fromFortranIndex(column + index, sample);
      for (let row = 0; row < count; row++)
        data[row * each + target] = type.get(view, (index * rows + row) * type.bytes);
    }
  }
  return data;
}

/** Where an element counted with the first axis fastest stands with the last axis fastest. */
function fromFortranIndex(index: number, sizes: readonly number[]): number {
  let left = index;
  let stride = product(sizes);
  let target = 0;
  for (const size of sizes) {
    stride /= size;
    target += (left % size) * stride;
    left = Math.floor(left / size);
  }
  return target;
}
