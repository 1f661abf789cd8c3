import type { ByteSource } from '@patternlens/core';
import { fileError } from '../errors/data-error.js';
import { readBytes } from './read-bytes.js';
import { gunzip, isGzip } from './gunzip.js';

/** As many bytes as any signature needs. */
const HEAD = 512;

/** The first bytes of a file, fewer where it is shorter. */
export function readHead(file: string, source: ByteSource): Promise<Uint8Array> {
  return readBytes(file, source, 0, Math.min(HEAD, source.size));
}

/** The bytes of a file, decompressed where it is a gzip file.
 * @throws PatternLensError `invalid-file` for an empty file, or gzip within gzip. */
export async function plainBytes(
  file: string,
  source: ByteSource,
  limit?: number,
): Promise<ByteSource> {
  checkNotEmpty(file, source, 'an empty file');
  if (!isGzip(await readHead(file, source))) return source;
  const inflated = await gunzip(file, source, limit);
  checkNotEmpty(file, inflated, 'a gzip file with nothing in it');
  if (!isGzip(await readHead(file, inflated))) return inflated;
  throw fileError(
    file,
    'an array inside the gzip file',
    'another gzip file',
    'Decompress it once (gunzip).',
  );
}

function checkNotEmpty(file: string, source: ByteSource, got: string): void {
  if (source.size === 0) throw fileError(file, 'an array', got, 'Copy or download it again.');
}
