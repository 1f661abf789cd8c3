import { bytesSource, readPatterns, writePatterns, type PatternSet } from '@patternlens/core';

/** A pattern file in memory. */
export async function fileOf(patterns: PatternSet): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writePatterns(patterns)) pieces.push(piece.slice());
  const bytes = new Uint8Array(pieces.reduce((total, piece) => total + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

export const readFile = (bytes: Uint8Array): Promise<PatternSet> =>
  readPatterns(bytesSource(bytes));

/** An entry of a safetensors header. */
export interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

export type FileHeader = Record<string, Entry> & { __metadata__: Record<string, string> };

/** The header and the data of a safetensors file, by the format's own description. */
export function takeApart(bytes: Uint8Array): { header: FileHeader; data: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const length = Number(view.getBigUint64(0, true));
  const text = new TextDecoder().decode(bytes.subarray(8, 8 + length));
  return { header: JSON.parse(text) as FileHeader, data: bytes.subarray(8 + length) };
}

/** A safetensors file with another header over the same data. */
export function putTogether(header: unknown, data: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(
    typeof header === 'string' ? header : JSON.stringify(header),
  );
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}
