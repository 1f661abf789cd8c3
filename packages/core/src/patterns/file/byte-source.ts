import { expects } from '../../arguments/argument-kind.js';
import { checkArgument } from '../../arguments/check-argument.js';

/** Bytes of a known length that can be read anywhere: a file, a part of memory, a range of a web address. */
export interface ByteSource {
  /** In bytes. */
  readonly size: number;
  /** Resolves to exactly `length` bytes from `offset` on; asked only for what lies within `size`. */
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
}

/** What a source of bytes is, as an argument. */
export const BYTES = expects.required(
  expects.having(
    'a source of bytes',
    ['size', 'read'],
    'Write readPatterns(bytesSource(bytes)) for the bytes of a file.',
  ),
);

/** Bytes in memory as a source; nothing is copied. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  checkArgument('core', 'bytesSource: bytes', bytes, {
    expected: 'the bytes of a file in a Uint8Array',
    accepts: (value) => Object.prototype.toString.call(value) === '[object Uint8Array]',
    required: true,
    remedy:
      'Write bytesSource(new Uint8Array(buffer)), or in Node bytesSource(await readFile(path)).',
  });
  return {
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  };
}
