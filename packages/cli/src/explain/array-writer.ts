import { open, type FileHandle } from 'node:fs/promises';
import { npyHeader } from '@patternlens/data';
import type { Tensor } from '@patternlens/core';
import { product } from '@patternlens/core/tensor';
import { cannotWrite } from '../output/cannot-write.js';

/** A `.npy` file of float32 rows, one for each sample, that is written as its rows come: along axis 0, or along the axis that the model's own layout has for them. */
export class ArrayWriter implements AsyncDisposable {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #count: number;
  /** How many parts of a row lie apart from each other. */
  readonly #parts: number;
  #header = 0;
  #rows = 0;

  private constructor(path: string, file: FileHandle, count: number, parts: number) {
    this.#path = path;
    this.#file = file;
    this.#count = count;
    this.#parts = parts;
  }

  /** Starts a file of `count` rows of the given shape. */
  static async start(
    path: string,
    count: number,
    shape: readonly number[],
    batchAxis = 0,
  ): Promise<ArrayWriter> {
    const file = await open(path, 'w').catch((cause: unknown) => cannotWrite(path, cause));
    const before = shape.slice(0, batchAxis);
    const writer = new ArrayWriter(path, file, count, product(before));
    try {
      const header = npyHeader([...before, count, ...shape.slice(batchAxis)]);
      await writer.#write(header, 0);
      writer.#header = header.length;
    } catch (cause) {
      await file.close();
      throw cause;
    }
    return writer;
  }

  async #write(bytes: Uint8Array, at: number): Promise<void> {
    try {
      for (let done = 0; done < bytes.length;)
        done += (await this.#file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
    } catch (cause) {
      cannotWrite(this.#path, cause);
    }
  }

  async append({ data }: Tensor): Promise<void> {
    const values = data instanceof Float32Array ? data : Float32Array.from(data);
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const each = bytes.length / this.#parts;
    for (let part = 0; part < this.#parts; part++) {
      const at = this.#header + (part * this.#count + this.#rows) * each;
      await this.#write(bytes.subarray(part * each, (part + 1) * each), at);
    }
    this.#rows++;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#file.close();
  }
}
