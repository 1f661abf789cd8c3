import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Snippet } from './documents.js';
import { emptyFolder, type Packed } from './installed.js';
import { publishedFolders, readManifest, readText, ROOT } from './repository.js';

/** What the install line that stands nearest above a snippet names; undefined where there is none. */
export function installedFor({ file, line }: Snippet): readonly string[] | undefined {
  const above = readText(file).split('\n').slice(0, line).join('\n');
  const lines = [...above.matchAll(/npm install ([^`\n]+)/g)].map((found) => found[1]!);
  return lines
    .at(-1)
    ?.split(' ')
    .filter((word) => word !== '' && !word.startsWith('-'));
}

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** The packages that a snippet imports. */
export const importedBy = ({ code }: Snippet): string[] =>
  [...code.matchAll(/(?:from |import\(|^import )'([^'.][^']*)'/gm)]
    .map((found) => found[1]!)
    .filter((specifier) => !specifier.startsWith('node:'))
    .map(packageOf);

const folderOf = (name: string): string | undefined =>
  publishedFolders.find((folder) => readManifest(folder).name === name);

/** Where npm put a dependency: beside the package that wants it, or at the root. */
function placeOf(name: string, wanting: string): string {
  const beside = join(ROOT, wanting, 'node_modules', name);
  const place = existsSync(beside) ? beside : join(ROOT, 'node_modules', name);
  if (!existsSync(place)) throw new Error(`${name} is not installed.`);
  return place;
}

/** A project with packages as they are published, what they declare, and nothing else of the workspace. Nothing is fetched: what others publish is linked.
 * @param names What an install line names. */
export function projectWith(names: readonly string[], packed: readonly Packed[]): string {
  const project = emptyFolder();
  const there = new Set<string>();
  const add = (name: string, wanting: string): void => {
    if (there.has(name)) return;
    there.add(name);
    const target = join(project, 'node_modules', name);
    mkdirSync(dirname(target), { recursive: true });
    const pack = packed.find((candidate) => candidate.name === name);
    const folder = folderOf(name);
    if (!pack || folder === undefined) {
      symlinkSync(placeOf(name, wanting), target);
      return;
    }
    for (const path of pack.files.filter((file) => !file.startsWith('src/')))
      cpSync(join(ROOT, folder, path), join(target, path));
    for (const dependency of Object.keys(readManifest(folder).dependencies ?? {}))
      add(dependency, folder);
  };
  for (const name of names) add(name, '.');
  writeFileSync(join(project, 'package.json'), '{ "type": "module", "private": true }');
  return project;
}
