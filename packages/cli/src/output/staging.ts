import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { messageOf, PatternLensError } from '@patternlens/core';

/** @throws PatternLensError `write-failed` naming the place. */
export function cannotWrite(path: string, cause: unknown): never {
  const code = (cause as { code?: string } | undefined)?.code;
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'it may not be written. Check its permissions, or choose another place.',
    EPERM: 'it may not be written. Check its permissions, or choose another place.',
    EROFS: 'its disk is read-only. Choose another place.',
    ENOSPC: 'its disk is full. Make room, or choose another place.',
    ENOTDIR: 'a part of the path is a file where a folder is expected. Choose another place.',
    EEXIST: 'there is a file of that name where a folder is expected. Choose another place.',
    EISDIR: 'it is a folder where a file is expected. Choose another name.',
    ENOENT: 'its folder does not exist. Make it first, or choose another place.',
  };
  throw new PatternLensError(
    'cli',
    'write-failed',
    `"${path}": ${reasons[code ?? ''] ?? messageOf(cause)}`,
    { file: path },
    cause,
  );
}

/** A folder whose files appear together, when all of them are done, or not at all. */
export interface Staging {
  /** Where to write a file for now. */
  readonly path: (name: string) => string;
  /** Moves all files of these names to where they belong. */
  readonly commit: (names: readonly string[]) => Promise<void>;
  readonly discard: () => Promise<void>;
}

/** Opens a folder for results, which is made where it is missing.
 * @throws PatternLensError `write-failed` where it can't be written. */
export async function stageInto(folder: string): Promise<Staging> {
  let hidden: string;
  try {
    await mkdir(folder, { recursive: true });
    hidden = await mkdtemp(join(folder, '.patternlens-'));
  } catch (cause) {
    return cannotWrite(folder, cause);
  }
  const discard = (): Promise<void> => rm(hidden, { recursive: true, force: true });
  return {
    path: (name) => join(hidden, name),
    discard,
    commit: async (names) => {
      try {
        for (const name of names) await rename(join(hidden, name), join(folder, name));
      } catch (cause) {
        cannotWrite(folder, cause);
      } finally {
        await discard();
      }
    },
  };
}

/** Writes a file under a passing name, then renames it: it is there whole, or not at all.
 * @throws PatternLensError `write-failed`. */
export async function writeWhole(
  path: string,
  write: (passing: string) => Promise<void>,
): Promise<void> {
  const passing = join(dirname(path), `.${randomBytes(6).toString('hex')}.partial`);
  try {
    await write(passing);
    await rename(passing, path);
  } catch (cause) {
    await rm(passing, { force: true });
    if (cause instanceof PatternLensError) throw cause;
    cannotWrite(path, cause);
  }
}
