/** A number of some bytes, the highest first; bytes behind the end of a file are 0. */
export const bigEndian = (bytes: Uint8Array, at: number, length: number): number =>
  Array.from({ length }, (_, byte) => bytes[at + byte] ?? 0).reduce(
    (value, byte) => value * 256 + byte,
    0,
  );

/** A number of some bytes, the lowest first; bytes behind the end of a file are 0. */
export const littleEndian = (bytes: Uint8Array, at: number, length: number): number =>
  Array.from({ length }, (_, byte) => bytes[at + byte] ?? 0).reduceRight(
    (value, byte) => value * 256 + byte,
    0,
  );

/** The Latin-1 characters of some bytes. */
export const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));
