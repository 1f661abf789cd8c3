const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const KEYWORD = 'patternlens\0';

/** Whether a PNG says how it was made, by its list of chunks alone: pixels are not decoded for it. */
export function carriesRecipe(bytes: Uint8Array): boolean {
  if (!SIGNATURE.every((byte, at) => bytes[at] === byte)) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const textAt = (from: number, length: number): string =>
    String.fromCharCode(...bytes.subarray(from, from + length));
  // A chunk: its length, its kind in four letters, what it holds, and a checksum.
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; at += 12 + view.getUint32(at))
    if (textAt(at + 4, 4) === 'tEXt' && textAt(at + 8, KEYWORD.length) === KEYWORD) return true;
  return false;
}
