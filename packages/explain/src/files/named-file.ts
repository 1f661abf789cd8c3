import type { ByteSource } from '@patternlens/core';

/** A file that is opened when its turn comes: on a disk, behind an address, or in memory. */
export interface NamedFile {
  /** As results and errors name it. */
  readonly name: string;
  /** Its own name, whose ending may tell its format. */
  readonly fileName: string;
  /** Looking whether something lies beside it asks nothing of a network. */
  readonly isLocal: boolean;
  readonly open: () => Promise<ByteSource>;
  /** The file at a path relative to its folder; undefined where there is none. */
  readonly beside: (path: string) => Promise<NamedFile | undefined>;
}

/** All bytes of a file. */
export async function wholeFile(file: NamedFile): Promise<Uint8Array> {
  const source = await file.open();
  return source.read(0, source.size);
}

/** The text of a file, UTF-8. */
export const textOf = async (file: NamedFile): Promise<string> =>
  new TextDecoder().decode(await wholeFile(file));

/** What stands behind the last slash of a path or an address, without a query. */
export const lastPart = (path: string): string =>
  /[^/\\]*$/.exec(path.replace(/[?#].*$/s, ''))?.[0] ?? path;

/** What a file's name ends in, from its last dot on, in lower case; empty where nothing tells a format. */
export const endingOf = (fileName: string): string =>
  /.(\.[^.]*)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';

/** A file's name without what only says its format. */
export function stemOf(fileName: string): string {
  const name = fileName.replace(/\.gz$/i, '');
  return name.slice(0, name.length - endingOf(name).length);
}
