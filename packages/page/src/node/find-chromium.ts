import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const canRun = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Chromium's program: what PATTERNLENS_CHROMIUM names, else the first on the path; undefined where there is none. */
export function findChromium(): string | undefined {
  const named = process.env['PATTERNLENS_CHROMIUM'] ?? '';
  if (named !== '') return canRun(named) ? named : undefined;
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(canRun);
}

export const NO_CHROMIUM =
  'no Chromium was found. Install it (apt-get install chromium), or name its program in PATTERNLENS_CHROMIUM.';
