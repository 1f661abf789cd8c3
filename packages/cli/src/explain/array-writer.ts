import { open, type FileHandle } from 'node:fs/promises';
import { npyHeader } from '@patternlens/data';
import type { Tensor } from '@patternlens/core';
import { cannotWrite } from '../output/staging.js';

/** A `.npy` file of float32 rows that is written as its rows come. */
export interface ArrayWriter {
  readonly append: (rows: Tensor) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts a file of `count` rows of the given shape. */
export async function startArray(
  path: string,
  count: number,
  shape: readonly number[],
): Promise<ArrayWriter> {
  let file: FileHandle;
  const write = async (bytes: Uint8Array): Promise<void> => {
    try {
      for (let done = 0; done < bytes.length;) done += (await file.write(bytes, done)).bytesWritten;
    } catch (cause) {
      cannotWrite(path, cause);
    }
  };
  try {
    file = await open(path, 'w');
  } catch (cause) {
    return cannotWrite(path, cause);
  }
  await write(npyHeader([count, ...shape]));
  return {
    append: async ({ data }) => {
      const values = data instanceof Float32Array ? data : Float32Array.from(data);
      await write(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    },
    close: () => file.close(),
  };
}
