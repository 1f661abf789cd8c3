import { utf8ToBytes } from '@noble/hashes/utils.js';

/** Text as UTF-8 bytes. */
export const encodeUtf8 = (text: string): Uint8Array => utf8ToBytes(text);

/** UTF-8 bytes as text; bytes that are none become the replacement character. */
export function decodeUtf8(bytes: Uint8Array): string {
  const Decoder = (
    globalThis as unknown as { TextDecoder: new () => { decode: (bytes: Uint8Array) => string } }
  ).TextDecoder;
  return new Decoder().decode(bytes);
}
