import { open } from 'node:fs/promises';
import { writeWhole } from './staging.js';

/** Writes a file piece by piece, so that only one piece is held; it is there whole, or not at all.
 * @throws PatternLensError `write-failed`. */
export async function writePieces(
  path: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  await writeWhole(path, async (passing) => {
    const file = await open(passing, 'w');
    try {
      for await (const piece of pieces) {
        for (let done = 0; done < piece.length;)
          done += (await file.write(piece, done)).bytesWritten;
      }
      await file.sync();
    } finally {
      await file.close();
    }
  });
}
