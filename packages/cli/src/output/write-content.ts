import { open } from 'node:fs/promises';

/** What is in a file: all of it, or pieces of which only one is held. */
export type Content = string | Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

function piecesOf(content: Content): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  if (typeof content === 'string') return [new TextEncoder().encode(content)];
  return content instanceof Uint8Array ? [content] : content;
}

/** Writes a file.
 * @param options.durable It lies on the disk when this is done, whatever befalls the machine. */
export async function writeContent(
  path: string,
  content: Content,
  { durable = false }: { readonly durable?: boolean } = {},
): Promise<void> {
  const file = await open(path, 'w');
  try {
    for await (const piece of piecesOf(content)) {
      for (let done = 0; done < piece.length;) done += (await file.write(piece, done)).bytesWritten;
    }
    if (durable) await file.sync();
  } finally {
    await file.close();
  }
}
