import { type ByteSource, messageOf, PatternLensError } from '@patternlens/core';
import { fileError } from '../errors/data-error.js';
import { readBytes } from './read-bytes.js';
import { gzipDecompressor } from './decompression-stream.js';
import { pagedBytes } from './paged-bytes.js';

/** The most that a compressed file may grow to in memory, in bytes, unless told otherwise: 2 GB. */
const INFLATE_LIMIT = 2 * 1024 ** 3;

const CHUNK = 2 ** 18;

/** Whether a file that starts with these bytes is compressed by gzip. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Decompresses a gzip file into memory, and gives up as soon as it has grown beyond `limit` bytes.
 * @throws PatternLensError `invalid-file` where it is damaged, cut off or too large. */
export async function gunzip(
  file: string,
  source: ByteSource,
  limit: number = INFLATE_LIMIT,
): Promise<ByteSource> {
  const stream = gzipDecompressor();
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  const feed = async (): Promise<void> => {
    for (let at = 0; at < source.size; at += CHUNK)
      await writer.write(await readBytes(file, source, at, Math.min(CHUNK, source.size - at)));
    await writer.close();
  };
  const collect = async (): Promise<ByteSource> => {
    const inflated = pagedBytes();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return inflated;
      if (value) inflated.append(value);
      if (inflated.size > limit) throw tooLarge(file, limit);
    }
  };
  // Both ends are waited for: whichever fails stops the other, whose failure is only an echo.
  const failures: unknown[] = [];
  const stop = (thrown: unknown): undefined => {
    failures.push(thrown);
    writer.abort(thrown).catch(() => undefined);
    reader.cancel(thrown).catch(() => undefined);
  };
  const [, inflated] = await Promise.all([feed().catch(stop), collect().catch(stop)]);
  if (inflated && failures.length === 0) return inflated;
  const told = failures.find((failure) => failure instanceof PatternLensError);
  throw told ?? damaged(file, failures[0]);
}

function tooLarge(file: string, limit: number): PatternLensError {
  return fileError(
    file,
    `no more than ${limit} bytes once decompressed`,
    'more',
    'Decompress it first (gunzip), so that it can be read in parts, or raise the limit.',
  );
}

function damaged(file: string, cause: unknown): PatternLensError {
  return fileError(
    file,
    'a whole gzip file',
    `one that is damaged or cut off (${messageOf(cause)})`,
    'Copy or download it again.',
    cause,
  );
}
