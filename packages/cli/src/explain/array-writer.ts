import { open, type FileHandle } from 'node:fs/promises';
import { npyHeader } from '@patternlens/data';
import type { Tensor } from '@patternlens/core';
import { cannotWrite } from '../output/cannot-write.js';

/** A `.npy` file of float32 rows that is written as its rows come. */
export class ArrayWriter implements AsyncDisposable {
  readonly #path: string;
  readonly #file: FileHandle;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /** Starts a file of `count` rows of the given shape. */
  static async start(path: string, count: number, shape: readonly number[]): Promise<ArrayWriter> {
    const file = await open(path, 'w').catch((cause: unknown) => cannotWrite(path, cause));
    const writer = new ArrayWriter(path, file);
    try {
      await writer.#write(npyHeader([count, ...shape]));
    } catch (cause) {
      await file.close();
      throw cause;
    }
    return writer;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    try {
      for (let done = 0; done < bytes.length;)
        done += (await this.#file.write(bytes, done)).bytesWritten;
    } catch (cause) {
      cannotWrite(this.#path, cause);
    }
  }

  async append({ data }: Tensor): Promise<void> {
    const values = data instanceof Float32Array ? data : Float32Array.from(data);
    await this.#write(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#file.close();
  }
}
