import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PatternLensError } from '@patternlens/core';

/** Imports a runtime that is installed beside the command, or in the folder that it is called from; undefined where it is in neither. */
export async function importInstalled(name: string): Promise<unknown> {
  const places = [import.meta.url, pathToFileURL(join(process.cwd(), 'package.json')).href];
  for (const place of places) {
    let file: string;
    try {
      file = createRequire(place).resolve(name);
    } catch {
      continue;
    }
    return import(pathToFileURL(file).href);
  }
  return undefined;
}

/** Imports the packages that a backend needs, in their order.
 * @throws PatternLensError `backend-unavailable` with the command that installs what is missing. */
export async function importRuntimes(
  backend: string,
  names: readonly string[],
): Promise<readonly unknown[]> {
  const runtimes: unknown[] = [];
  const missing: string[] = [];
  for (const name of names) {
    const runtime = await importInstalled(name);
    if (runtime === undefined) missing.push(name);
    runtimes.push(runtime);
  }
  if (missing.length > 0) {
    throw new PatternLensError(
      'explain',
      'backend-unavailable',
      `backend ${backend}: it needs ${missing.join(' and ')}, which ${missing.length > 1 ? 'are' : 'is'} not installed. Run: npm install ${missing.join(' ')}`,
      { backend },
    );
  }
  return runtimes;
}
