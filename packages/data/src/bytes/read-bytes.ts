import { messageOf, PatternLensError, type ByteSource } from '@patternlens/core';
import { fileError } from '../errors/data-error.js';

/** Reads bytes of a named file, and says so in a sentence where they can't be had.
 * @throws PatternLensError `invalid-file`. */
export async function readBytes(
  file: string,
  source: ByteSource,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const wanted = `bytes ${offset} to ${offset + length}`;
  if (offset + length > source.size) {
    throw fileError(
      file,
      `${offset + length} bytes or more`,
      `${source.size}`,
      'The file is cut off: copy or download it again.',
    );
  }
  let bytes: Uint8Array;
  try {
    bytes = await source.read(offset, length);
  } catch (thrown) {
    if (thrown instanceof PatternLensError) throw thrown;
    throw fileError(file, `to read ${wanted}`, messageOf(thrown), 'Can the file be read?', thrown);
  }
  if (bytes.length === length) return bytes;
  throw fileError(
    file,
    wanted,
    `${bytes.length} of ${length} bytes`,
    'Did the file change while it was read?',
  );
}

/** A view for reading numbers out of bytes. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
