import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { snippetsOf } from './documents.js';

/** Writes the files that a page shows, `<!-- file: PATH -->`, into a folder of a project that has the page's name.
 * @returns The folder. */
export function writeRecipe(page: string, project: string): string {
  const folder = join(project, basename(page, '.md'));
  const files = snippetsOf(page).filter(({ mark }) => mark?.kind === 'file');
  if (files.length === 0) throw new Error(`${page} shows no file.`);
  for (const { mark, code } of files) {
    const target = join(folder, mark!.text);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, `${code}\n`);
  }
  return folder;
}
