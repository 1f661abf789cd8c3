import { messageOf, PatternLensError } from '@patternlens/core';

const NO_PERMISSION = 'it may not be written. Check its permissions, or choose another place.';

/** What to do, by the code that the system gives. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: NO_PERMISSION,
  EPERM: NO_PERMISSION,
  EROFS: 'its disk is read-only. Choose another place.',
  ENOSPC: 'its disk is full. Make room, or choose another place.',
  ENOTDIR: 'a part of the path is a file where a folder is expected. Choose another place.',
  EEXIST: 'there is a file of that name where a folder is expected. Choose another place.',
  EISDIR: 'it is a folder where a file is expected. Choose another name.',
  ENOENT: 'its folder does not exist. Make it first, or choose another place.',
};

/** Tells that a place can't be written; an error of ours, of what was to be written there, stays what it is.
 * @throws PatternLensError `write-failed` naming the place. */
export function cannotWrite(path: string, cause: unknown): never {
  if (cause instanceof PatternLensError) throw cause;
  const code = (cause as { code?: string } | undefined)?.code;
  throw new PatternLensError(
    'cli',
    'write-failed',
    `"${path}": ${REASONS[code ?? ''] ?? messageOf(cause)}`,
    { file: path },
    cause,
  );
}
