import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { cannotWrite } from './cannot-write.js';
import { PassingName } from './passing-name.js';

/** Makes sure that a file can be written before anything is computed for it; its folder is made where it is missing.
 * @throws PatternLensError `write-failed` naming the file. */
export async function checkWritable(path: string): Promise<void> {
  const folder = dirname(path);
  try {
    if ((await stat(path).catch(() => undefined))?.isDirectory() === true)
      throw Object.assign(new Error(path), { code: 'EISDIR' });
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    cannotWrite((cause as { code?: string }).code === 'EISDIR' ? path : folder, cause);
  }
  await using probe = new PassingName(`${path}.probe`);
  try {
    await writeFile(probe.path, '');
  } catch (cause) {
    cannotWrite(path, cause);
  }
}
