import type { App } from '../state/app.js';
import { formatHash, hashOf } from '../state/hash.js';

const FORMAT = 'patternlens-state';

/** The page's state as a file, for links that are too long. */
export const stateFile = ({ state }: App): string =>
  `${JSON.stringify({ format: FORMAT, version: 1, hash: formatHash(hashOf(state)) }, null, 2)}\n`;

/** The hash that a state's file holds; undefined for any other file. */
export function hashOfStateFile(text: string): string | undefined {
  try {
    const { format, hash } = JSON.parse(text) as { format?: unknown; hash?: unknown };
    return format === FORMAT && typeof hash === 'string' ? hash : undefined;
  } catch {
    return undefined;
  }
}
