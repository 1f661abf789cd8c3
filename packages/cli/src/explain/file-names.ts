import { plainFileName, uniqueNames } from '@patternlens/data';
import type { OpenedSource } from '@patternlens/explain/node';

/** What each source's files are named after: its stem, numbered where two sources share one. */
export function stemsOf(sources: readonly OpenedSource[]): ReadonlyMap<OpenedSource, string> {
  const unique = uniqueNames();
  const stems = new Map<OpenedSource, string>();
  for (const source of sources)
    if (!stems.has(source)) stems.set(source, unique(plainFileName(source.stem)));
  return stems;
}
