import { PatternLensError } from '@patternlens/core';
import { arraySource, type OpenedArray } from '@patternlens/data';
import type { OpenedSource } from './opened-source.js';
import { type SourceOptions, usedFor } from './source-options.js';

/** The samples of an array that was opened: pixels go through the preprocessing, what is in model space does not.
 * @throws PatternLensError `empty-data` where there are none. */
export function arraySamples(
  array: OpenedArray,
  { name, stem }: Pick<OpenedSource, 'name' | 'stem'>,
  options: SourceOptions,
): OpenedSource {
  const { inputShape, axes } = options;
  const used = array.pixels ? usedFor(name, options, array.shape) : undefined;
  const { count, read } = arraySource(array, {
    inputShape,
    axes,
    ...(used ? { preprocessing: used.values } : {}),
  });
  if (count === 0)
    throw new PatternLensError('explain', 'empty-data', `"${name}": the file holds no samples.`, {
      file: name,
    });
  return {
    name,
    stem,
    count,
    holdsSeveral: true,
    read,
    labels: array.labels,
    preprocessing: used,
  };
}
