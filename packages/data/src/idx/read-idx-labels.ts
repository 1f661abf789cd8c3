import type { ByteSource } from '@patternlens/core';
import { readBytes } from '../bytes/read-bytes.js';
import { plainBytes } from '../bytes/plain-bytes.js';
import { fileError } from '../errors/data-error.js';
import { readIdxHeader } from './idx-header.js';

/** Reads an IDX file of labels (one axis of unsigned bytes), gzip or not.
 * @throws PatternLensError `invalid-file`. */
export async function readIdxLabels(
  name: string,
  bytes: ByteSource,
  { limit }: { readonly limit?: number } = {},
): Promise<Uint8Array> {
  const plain = await plainBytes(name, bytes, limit);
  const { shape, offset } = await readIdxHeader(name, plain);
  if (shape.length === 1) return (await readBytes(name, plain, offset, shape[0]!)).slice();
  throw fileError(
    name,
    'labels (one axis)',
    `[${shape.join(', ')}]`,
    'The labels are in a file of their own (...-labels-idx1-ubyte).',
  );
}
