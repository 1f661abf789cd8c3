/** Characters of a string at once: engines limit the number of arguments of a call. */
const PIECE = 8192;

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE)
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(text);
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const bytes = atob(text);
  return Uint8Array.from({ length: bytes.length }, (_, at) => bytes.charCodeAt(at));
}

/** Little-endian float32 values, on any machine. */
export function floatsToBase64(values: ArrayLike<number>): string {
  const bytes = new DataView(new ArrayBuffer(4 * values.length));
  for (let at = 0; at < values.length; at++) bytes.setFloat32(4 * at, values[at]!, true);
  return toBase64(new Uint8Array(bytes.buffer));
}

export function floatsFromBase64(text: string): Float32Array {
  const bytes = new DataView(fromBase64(text).buffer);
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, at) =>
    bytes.getFloat32(4 * at, true),
  );
}
