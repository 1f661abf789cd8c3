import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { cannotWrite } from './staging.js';

/** Makes sure that a file can be written before anything is computed for it; its folder is made where it is missing.
 * @throws PatternLensError `write-failed` naming the file. */
export async function checkWritable(path: string): Promise<void> {
  const probe = `${path}.probe`;
  const folder = dirname(path);
  try {
    if ((await stat(path).catch(() => undefined))?.isDirectory() === true)
      throw Object.assign(new Error(path), { code: 'EISDIR' });
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    cannotWrite((cause as { code?: string }).code === 'EISDIR' ? path : folder, cause);
  }
  try {
    await writeFile(probe, '');
    await rm(probe);
  } catch (cause) {
    cannotWrite(path, cause);
  }
}
