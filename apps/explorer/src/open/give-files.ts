import type { App } from '../state/app.js';
import { track } from '../state/track.js';
import type { GivenFile } from './given-file.js';

/** Hands files to the code that reads them, which is loaded with the first. */
export async function giveFiles(app: App, files: Promise<readonly GivenFile[]>): Promise<void> {
  const { state } = app;
  await track(state, 'Opening files', async () => {
    const given = await files;
    if (given.length === 0) return;
    const { takeFiles } = await import('./take-files.js');
    await takeFiles(app, given);
  });
}
