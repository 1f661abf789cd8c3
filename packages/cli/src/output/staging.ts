import { randomBytes } from 'node:crypto';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { cannotWrite } from './cannot-write.js';
import { PassingName } from './passing-name.js';
import { writeContent, type Content } from './write-content.js';

/** A folder's files that appear together, when all of them are done, or not at all. */
export interface Staging extends AsyncDisposable {
  /** Writes a file of the folder.
   * @throws PatternLensError `write-failed` naming it. */
  readonly write: (name: string, content: Content) => Promise<void>;
  /** Where a file of the folder is written to for now, by whoever writes it bit by bit. */
  readonly path: (name: string) => string;
  /** Moves all files to where they belong, in the order in which they were begun. */
  readonly commit: () => Promise<void>;
}

/** A hidden folder in the folder for results, which is made where it is missing. */
async function hiddenFolder(folder: string): Promise<PassingName> {
  const hidden = new PassingName(join(folder, `.patternlens-${randomBytes(6).toString('hex')}`));
  try {
    await mkdir(folder, { recursive: true });
    await mkdir(hidden.path);
    return hidden;
  } catch (cause) {
    await hidden[Symbol.asyncDispose]().catch(() => undefined);
    return cannotWrite(folder, cause);
  }
}

/** Opens a folder for results.
 * @throws PatternLensError `write-failed` where it can't be written. */
export async function stageInto(folder: string): Promise<Staging> {
  const hidden = await hiddenFolder(folder);
  const names = new Set<string>();
  const path = (name: string): string => {
    names.add(name);
    return join(hidden.path, name);
  };
  return {
    path,
    write: async (name, content) => {
      try {
        await writeContent(path(name), content);
      } catch (cause) {
        cannotWrite(join(folder, name), cause);
      }
    },
    commit: async () => {
      try {
        for (const name of names) await rename(join(hidden.path, name), join(folder, name));
      } catch (cause) {
        cannotWrite(folder, cause);
      }
      await hidden[Symbol.asyncDispose]();
    },
    [Symbol.asyncDispose]: () => hidden[Symbol.asyncDispose](),
  };
}
