import type { BenchmarkReport } from '../report/benchmark-report.js';
import type { PageState } from './page-state.js';
import { columnsOf, resultOf, rowsOf } from './report-view.js';

/** The part of the state that a link keeps. */
type Linked = Pick<PageState, 'network' | 'cell'>;

/** The hash that opens a cell: `#network=mnist&backend=node+tfjs:cpu&method=gradient`. */
export function linkOf(report: BenchmarkReport, { network, cell }: Linked): string {
  const name = report.networks[network]?.name;
  if (name === undefined || cell === undefined) return '';
  return `#${new URLSearchParams({ network: name, backend: cell.column, method: cell.row })}`;
}

/** The cell of a hash; undefined where the report has no such cell. */
export function readLink(report: BenchmarkReport, hash: string): Linked | undefined {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const [name, column, row] = ['network', 'backend', 'method'].map((key) => fields.get(key));
  const network = report.networks.findIndex((other) => other.name === name);
  const found = report.networks[network];
  if (found === undefined || !column || !row) return undefined;
  const known =
    columnsOf(report, found).some(({ key }) => key === column) &&
    rowsOf(found).some(({ key }) => key === row);
  return known ? { network, cell: { column, row } } : undefined;
}

/** The cell that a page opens with: the largest error under equal gates. */
export function worstCell(report: BenchmarkReport, network: number): Linked['cell'] {
  const found = report.networks[network];
  if (found === undefined) return undefined;
  const rows = rowsOf(found);
  const cells = columnsOf(report, found).flatMap((column) =>
    rows.flatMap((row) => {
      const error = resultOf(column, row)?.agreement?.equalGates.relativeL2;
      return error === undefined ? [] : [{ column: column.key, row: row.key, error }];
    }),
  );
  const worst = cells.reduce<(typeof cells)[number] | undefined>(
    (worstSoFar, cell) =>
      worstSoFar === undefined || !(cell.error <= worstSoFar.error) ? cell : worstSoFar,
    undefined,
  );
  return worst && { column: worst.column, row: worst.row };
}
