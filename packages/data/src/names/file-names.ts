/** Text as a word of a file's name: characters that file systems treat in ways of their own become `_`. */
export const plainFileName = (text: string): string => text.replaceAll(/[^A-Za-z0-9._-]+/g, '_');

/** A sample's number, from 0, in a file's name: `00007`. */
export const sampleNumber = (index: number): string => String(index).padStart(5, '0');

/** Names that are each given once: a name that was given before gets a number, `gradient-2`. */
export function uniqueNames(): (name: string) => string {
  const given = new Set<string>();
  return (name) => {
    let free = name;
    for (let number = 2; given.has(free); number++) free = `${name}-${number}`;
    given.add(free);
    return free;
  };
}
