import type { App } from '../state/app.js';
import { SHARE_WORDS } from '../words/share.js';
import { carriesRecipe } from './carries-recipe.js';
import { restoreState } from './restore-state.js';

/** A file as it was dropped or picked. */
interface Given {
  readonly path: string;
  readonly content: Blob;
}

/** Pictures and states of ours are smaller than these. */
const LARGEST_PICTURE = 2 ** 26;
const LARGEST_STATE = 2 ** 16;

/** Whether a file is a picture or a state of ours, which is restored then. */
async function isRestored(app: App, { path, content }: Given): Promise<boolean> {
  if (/\.json$/i.test(path) && content.size <= LARGEST_STATE)
    return restoreState(app, await content.text());
  if (!/\.png$/i.test(path) || content.size > LARGEST_PICTURE) return false;
  const bytes = new Uint8Array(await content.arrayBuffer());
  if (!carriesRecipe(bytes)) return false;
  const { restoreFromPng } = await import('./restore-png.js');
  return restoreFromPng(app, bytes);
}

/** Restores what pictures and states among these files say.
 * @returns the other files.
 * @throws PatternLensError `invalid-file` for a picture whose recipe can't be read. */
export async function restoreFiles<File extends Given>(
  app: App,
  files: readonly File[],
): Promise<readonly File[]> {
  const others: File[] = [];
  for (const file of files) {
    if (await isRestored(app, file)) app.state.note.value = SHARE_WORDS.restored(file.path);
    else others.push(file);
  }
  return others;
}
