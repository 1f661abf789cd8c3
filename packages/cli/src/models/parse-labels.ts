import { PatternLensError, type Network } from '@patternlens/core';
import { classesOf, type ClassLabels } from './class-labels.js';

/** Class names of a file, one a line; empty lines at its end count for nothing. They name the classes of the flattened output, or else its channels.
 * @throws PatternLensError `invalid-file` where they are not as many as the network has classes: names that are off by one are worse than none. */
export function parseLabels(text: string, path: string, network: Network): ClassLabels {
  const names = text.trimEnd().split(/\r?\n/);
  const { count, channels } = classesOf(network);
  if (names.length === count) return { names, of: 'classes' };
  if (names.length === channels) return { names, of: 'channels' };
  const places = channels === count ? '' : ` (or for each of its ${channels} channels)`;
  throw new PatternLensError(
    'cli',
    'invalid-file',
    `"${path}": expected a name for each of the network's ${count} classes${places}, one a line, got ${names.length}. Correct the file, or name another with --labels.`,
    { file: path },
  );
}
