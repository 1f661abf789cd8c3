import { basename, dirname, join } from 'node:path';
import { fileSource, statOf } from './file-bytes.js';
import type { NamedFile } from './named-file.js';

/** Whether a path leads to a file. */
export const isFile = (path: string): Promise<boolean> =>
  statOf(path).then(
    ({ isFolder }) => !isFolder,
    () => false,
  );

/** A file on the disk, read piece by piece.
 * @param name What results and errors call it; its path unless given. */
export const diskFile = (path: string, name = path): NamedFile => ({
  name,
  fileName: basename(path),
  isLocal: true,
  open: () => fileSource(path),
  beside: async (other) => {
    const place = join(dirname(path), other);
    return (await isFile(place)) ? diskFile(place) : undefined;
  },
});
