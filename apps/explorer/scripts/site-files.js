import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** All files of a folder, by their paths in it, sorted. */
async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** Pages, scripts and styles of a folder, as texts. */
const textsIn = async (folder) =>
  Promise.all(
    (await filesIn(folder))
      .filter((path) => /\.(js|css|html)$/.test(path))
      .map((path) => readFile(join(folder, path), 'utf8')),
  );

/** Whether a page, script or style names a file. */
export const isNamed = async (folder, name) =>
  (await textsIn(folder)).some((text) => text.includes(name));

/** Deletes assets that no page, script or style names: copies that nothing loads. */
export async function dropUnnamed(folder) {
  const texts = await textsIn(folder);
  for (const path of await filesIn(folder)) {
    if (!path.startsWith('assets/') || /\.(js|css)$/.test(path)) continue;
    const name = path.slice('assets/'.length);
    if (!texts.some((text) => text.includes(name))) await rm(join(folder, path));
  }
}

/** Files that are loaded only by people who ask for what they do. */
const LATER = /^runtimes\/ort\//;
/** What the service worker does not keep: itself, and the page that needs none. */
const NEVER = /^(sw\.js|offline\.html|\.nojekyll)$/;

/** The service worker's list: by path, what identifies a file's content, and whether it is kept from the start. */
export async function listForOffline(folder) {
  const list = {};
  for (const path of await filesIn(folder)) {
    if (NEVER.test(path)) continue;
    const hash = createHash('sha256').update(await readFile(join(folder, path)));
    list[path] = { hash: hash.digest('hex').slice(0, 16), first: !LATER.test(path) };
  }
  return list;
}
