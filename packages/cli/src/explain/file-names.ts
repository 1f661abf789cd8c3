import type { OpenedSource } from '@patternlens/explain/node';

/** Odd characters of a name, which file systems treat in ways of their own, as `_`. */
export const plain = (text: string): string => text.replaceAll(/[^A-Za-z0-9._-]+/g, '_');

/** Names that are each given once: a name that was given before gets a number. */
export function uniqueNames(): (name: string) => string {
  const given = new Set<string>();
  return (name) => {
    let free = name;
    for (let number = 2; given.has(free); number++) free = `${name}-${number}`;
    given.add(free);
    return free;
  };
}

/** What each source's files are named after: its stem, numbered where two sources share one. */
export function stemsOf(sources: readonly OpenedSource[]): ReadonlyMap<OpenedSource, string> {
  const unique = uniqueNames();
  const stems = new Map<OpenedSource, string>();
  for (const source of sources)
    if (!stems.has(source)) stems.set(source, unique(plain(source.stem)));
  return stems;
}

/** A sample's number in a picture's name. */
export const numbered = (index: number): string => String(index).padStart(5, '0');
