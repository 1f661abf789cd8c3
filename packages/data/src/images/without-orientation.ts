import type { ImageHeader } from './image-header.js';

/** A file that says that its image stands upright already. Browsers differ in which files they turn; a copy that says
 * nothing is turned by none. */
export function withoutOrientation(
  bytes: Uint8Array,
  { orientation, chunk }: ImageHeader,
): Uint8Array<ArrayBuffer> {
  if (chunk) {
    const [start, end] = chunk;
    const rest = new Uint8Array(bytes.length - (end - start));
    rest.set(bytes.subarray(0, start));
    rest.set(bytes.subarray(end), start);
    return rest;
  }
  const copy = Uint8Array.from(bytes);
  if (orientation) new DataView(copy.buffer).setUint16(orientation.at, 1, orientation.littleEndian);
  return copy;
}
