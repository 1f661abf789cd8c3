import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The folder of real data and models beside the repository; tests that need it are skipped where it is missing. */
const folder = join(dirname(resolve(__dirname, '../../../..')), 'shared', 'data');

export const describeWithData = existsSync(folder) ? describe : describe.skip;

/** A file of the shared data. */
export const sharedFile = (...names: readonly string[]): string => join(folder, ...names);
