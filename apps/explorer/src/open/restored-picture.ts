import type { App } from '../state/app.js';
import type { KnownFile } from './basket.js';

/** Pictures of PatternLens are small beside photos. */
const LARGEST = 32 * 1024 ** 2;

/** Takes pictures that PatternLens drew for what they carry: method, target and look. Gives back what is something else. */
export async function withoutPictures(
  app: App,
  files: readonly KnownFile[],
): Promise<readonly KnownFile[]> {
  const others: KnownFile[] = [];
  for (const file of files) {
    const isPng = file.kind === 'image' && /\.png$/i.test(file.path);
    if (isPng && file.content.size <= LARGEST && (await restored(app, file))) continue;
    others.push(file);
  }
  return others;
}

async function restored(app: App, { content }: KnownFile): Promise<boolean> {
  const { restoreFromPng } = await import('../share/restore-png.js');
  try {
    return restoreFromPng(app, new Uint8Array(await content.arrayBuffer()));
  } catch {
    // What carries nothing that can be read is an image like any other, which its decoder judges.
    return false;
  }
}
