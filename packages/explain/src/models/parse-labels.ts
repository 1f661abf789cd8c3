import { PatternLensError, type Network } from '@patternlens/core';
import { classesOf, type ClassLabels } from './class-labels.js';

/** Class names before it is known what they name. */
export interface LabelNames {
  /** The file that they are of, or what else errors call them. */
  readonly about: string;
  readonly names: readonly string[];
}

/** Class names of a file, one a line; empty lines at its end count for nothing. */
export const namesOf = (text: string, file: string): LabelNames => ({
  about: `"${file}"`,
  names: text.trimEnd().split(/\r?\n/),
});

/** Class names as those of a network: of the classes of the flattened output, or else of its channels.
 * @param remedy What to do where they do not fit.
 * @throws PatternLensError `invalid-file` where they are not as many as the network has classes: names that are off by one are worse than none. */
export function classLabels(
  { about, names }: LabelNames,
  network: Network,
  remedy = 'Correct them, or give others.',
): ClassLabels {
  const { count, channels } = classesOf(network);
  if (names.length === count) return { names, of: 'classes' };
  if (names.length === channels) return { names, of: 'channels' };
  const places = channels === count ? '' : ` (or for each of its ${channels} channels)`;
  throw new PatternLensError(
    'explain',
    'invalid-file',
    `${about}: expected a name for each of the network's ${count} classes${places}, one a line, got ${names.length}. ${remedy}`,
    { file: about },
  );
}
