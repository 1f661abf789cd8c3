/** Bytes of a known length that can be read anywhere: a file, a part of memory, a range of a web address. */
export interface ByteSource {
  /** In bytes. */
  readonly size: number;
  /** Resolves to exactly `length` bytes from `offset` on; asked only for what lies within `size`. */
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
}

/** Bytes in memory as a source; nothing is copied. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  };
}
