import { table } from './table.js';

const SHOWN = 20;

/** A table of the first entries, and how many more there are. */
export function shortTable<Entry>(
  headings: readonly string[],
  entries: readonly Entry[],
  rowOf: (entry: Entry) => readonly string[],
): string {
  const more = entries.length > SHOWN ? `\n... and ${entries.length - SHOWN} more` : '';
  return `${table(headings, entries.slice(0, SHOWN).map(rowOf))}${more}`;
}
