import { open, stat } from 'node:fs/promises';
import { messageOf, PatternLensError, type ByteSource } from '@patternlens/core';

function unreadable(path: string, cause: unknown): never {
  const code = (cause as { code?: string } | undefined)?.code;
  const why =
    code === 'ENOENT'
      ? 'there is no such file or folder. Check the path.'
      : code === 'EACCES'
        ? 'it may not be read. Check its permissions.'
        : messageOf(cause);
  throw new PatternLensError('explain', 'invalid-file', `"${path}": ${why}`, { file: path }, cause);
}

/** What a path leads to.
 * @throws PatternLensError `invalid-file` where there is nothing. */
export async function statOf(
  path: string,
): Promise<{ readonly isFolder: boolean; readonly size: number }> {
  try {
    const found = await stat(path);
    return { isFolder: found.isDirectory(), size: found.size };
  } catch (cause) {
    return unreadable(path, cause);
  }
}

/** A file that is read where and when it is asked for; it is open only meanwhile. */
export async function fileSource(path: string): Promise<ByteSource> {
  const { isFolder, size } = await statOf(path);
  if (isFolder)
    throw new PatternLensError(
      'explain',
      'invalid-file',
      `"${path}": it is a folder where a file is expected. Name a file in it.`,
      { file: path },
    );
  return {
    size,
    read: async (offset, length) => {
      const file = await open(path).catch((cause: unknown) => unreadable(path, cause));
      try {
        const bytes = new Uint8Array(length);
        let done = 0;
        while (done < length) {
          const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
          if (bytesRead === 0) break;
          done += bytesRead;
        }
        return bytes.subarray(0, done);
      } finally {
        await file.close();
      }
    },
  };
}
