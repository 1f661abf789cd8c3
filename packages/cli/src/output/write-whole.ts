import { randomBytes } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cannotWrite } from './cannot-write.js';
import { PassingName } from './passing-name.js';
import { writeContent, type Content } from './write-content.js';

/** Writes a file under a passing name, then renames it: it is there whole, or not at all.
 * @throws PatternLensError `write-failed`. */
export async function writeWhole(path: string, content: Content): Promise<void> {
  await using passing = new PassingName(
    join(dirname(path), `.${randomBytes(6).toString('hex')}.partial`),
  );
  try {
    await writeContent(passing.path, content, { durable: true });
    await rename(passing.path, path);
  } catch (cause) {
    cannotWrite(path, cause);
  }
}
