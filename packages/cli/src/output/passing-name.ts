import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';

/** A file or folder that things are written into until they are whole. It is gone when it is let go of, and at the latest when the process ends,
 * however soon that is. */
export class PassingName implements AsyncDisposable {
  readonly path: string;
  readonly #remove = (): void => {
    rmSync(this.path, { recursive: true, force: true, maxRetries: 3 });
  };

  constructor(path: string) {
    this.path = path;
    process.on('exit', this.#remove);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await rm(this.path, { recursive: true, force: true });
    } finally {
      process.off('exit', this.#remove);
    }
  }
}
