/** A file as it was dropped, picked, pasted or fetched. */
export interface GivenFile {
  /** Its path within what was dropped, or its name alone. */
  readonly path: string;
  readonly content: Blob;
}

/** What stands behind the last slash. */
export const fileName = (path: string): string => /[^/\\]*$/.exec(path)![0];

/** A file's name without what only says its format. */
export function stemOf(path: string): string {
  const name = fileName(path).replace(/\.gz$/i, '');
  return name.replace(/(?<=.)\.[^.]*$/, '');
}
