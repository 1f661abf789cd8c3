import type { MetricResult, MetricTable } from '@patternlens/core/metrics';
import { table } from '../output/table.js';

/** Longer tables go to files only. */
const SHOWN = 60;

type Cell = string | number | null;

const quoted = (cell: Cell): string => {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A table as CSV: numbers in full, an empty field where there is none. */
export const csvOf = ({ columns, rows }: MetricTable): string =>
  [columns, ...rows].map((row) => `${row.map(quoted).join(',')}\n`).join('');

const shown = (cell: Cell): string => {
  if (cell === null) return 'n/a';
  if (typeof cell === 'string' || Number.isInteger(cell)) return String(cell);
  return Number(cell.toPrecision(4)).toString();
};

/** A table for people, with its title and notes. */
const textOf = ({ title, columns, rows, notes }: MetricTable): string =>
  [
    title,
    '',
    table(
      columns,
      rows.map((row) => row.map(shown)),
    ),
    ...notes.map((note) => `\n${note}`),
  ]
    .join('\n')
    .concat('\n');

/** All tables that are short enough to be read. */
export const resultsText = (results: ReadonlyMap<string, MetricResult>): string =>
  [...results.values()]
    .flatMap(({ tables }) => tables.filter(({ rows }) => rows.length <= SHOWN))
    .map(textOf)
    .join('\n');
