import type { ByteSource } from '@patternlens/core';
import type { OpenedArray } from '../arrays/opened-array.js';
import { readBytes } from '../bytes/read-bytes.js';
import { checkRange } from '../errors/check-range.js';
import { fileError } from '../errors/data-error.js';
import { readIdxHeader } from './idx-header.js';

/** Opens an IDX file of images: [N, height, width], or four axes with the channels (1 or 3) second or last. */
export async function openIdx(name: string, bytes: ByteSource): Promise<OpenedArray> {
  const { shape: all, offset } = await readIdxHeader(name, bytes);
  const [count = 0] = all;
  const { shape, last } = imageShape(name, all);
  const [channels, height, width] = shape;
  const plane = height * width;
  const each = channels * plane;
  if (count * each === 0)
    throw fileError(name, 'images', `[${all.join(', ')}]`, 'The file holds none.');
  return {
    name,
    format: 'idx',
    count,
    shape,
    pixels: true,
    read: async (first, wanted) => {
      checkRange(name, first, wanted, count);
      const found = await readBytes(name, bytes, offset + first * each, wanted * each);
      const data = new Float32Array(found);
      if (last && channels > 1) {
        for (let at = 0; at < data.length; at++) {
          const within = at % each;
          data[at - within + (within % channels) * plane + Math.floor(within / channels)] =
            found[at]!;
        }
      }
      return { data, shape: [wanted, ...shape] };
    },
  };
}

function imageShape(
  name: string,
  all: readonly number[],
): { readonly shape: readonly [number, number, number]; readonly last: boolean } {
  const [, first = 0, second = 0, third] = all;
  const few = (size: number | undefined): boolean => size === 1 || size === 3;
  if (all.length === 3) return { shape: [1, first, second], last: false };
  if (all.length === 4 && third !== undefined && few(first))
    return { shape: [first, second, third], last: false };
  if (all.length === 4 && third !== undefined && few(third))
    return { shape: [third, first, second], last: true };
  throw fileError(
    name,
    'images of 1 or 3 channels',
    all.length === 1 ? `${all[0]!} labels` : `[${all.join(', ')}]`,
    all.length === 1
      ? 'The images are in a file of their own (...-images-idx3-ubyte).'
      : 'Save other arrays as .npy.',
  );
}
