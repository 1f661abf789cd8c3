import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PatternLensError } from '@patternlens/core';
import { formatByName, READ_FORMATS } from '../sources/image-formats.js';

/** Names that are told for each reason; the others are counted. */
const TOLD = 10;

/** The images of a folder in the order of people, and what else lies there. */
export interface FolderImages {
  readonly paths: readonly string[];
  /** What is left out, in a sentence: each by its name, with the reason. Undefined where nothing is. */
  readonly leftOut: string | undefined;
}

function sentenceOf(byReason: ReadonlyMap<string, readonly string[]>): string | undefined {
  const parts = [...byReason].map(([reason, names]) => {
    const more = names.length > TOLD ? ` and ${names.length - TOLD} more` : '';
    return `${names.slice(0, TOLD).join(', ')}${more} (${reason})`;
  });
  return parts.length === 0 ? undefined : `left out ${parts.join('; ')}`;
}

/** @throws PatternLensError `empty-data` where there is no image that is read, with what there is instead. */
export async function imagesIn(folder: string): Promise<FolderImages> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = new Map(entries.map((entry) => [entry.name, entry.isDirectory()]));
  const paths: string[] = [];
  const byReason = new Map<string, string[]>();
  for (const name of [...names.keys()].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  )) {
    const format = formatByName(name);
    const isFolder = names.get(name)!;
    if (format && format.remedy === undefined && !isFolder) {
      paths.push(join(folder, name));
      continue;
    }
    const reason = isFolder
      ? 'a folder: name it itself'
      : format
        ? `${format.name} is not read. ${format.remedy!}`
        : 'no image';
    byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  }
  const leftOut = sentenceOf(byReason);
  if (paths.length > 0) return { paths, leftOut };
  throw new PatternLensError(
    'explain',
    'empty-data',
    `"${folder}": the folder holds no images that are read (${READ_FORMATS})${leftOut === undefined ? '' : `, but ${leftOut.replace('left out ', '')}`}. Check the path, or name files of another kind themselves.`,
    { file: folder },
  );
}
