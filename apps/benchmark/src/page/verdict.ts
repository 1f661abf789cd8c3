import { briefError, counted } from '@patternlens/page';
import type { BenchmarkReport } from '../report/benchmark-report.js';
import { columnsOf, resultOf, rowsOf } from './report-view.js';

export interface Verdict {
  readonly text: string;
  /** `agree`: all that was asked for; `partly`: something lacks, differs or failed; `none`: nothing agrees. */
  readonly state: 'agree' | 'partly' | 'none';
}

interface Cell {
  readonly network: string;
  readonly method: string;
  readonly label: string;
  readonly state: 'agrees' | 'differs' | 'failed' | 'lacks';
  readonly error: number;
}

interface Standing {
  readonly label: string;
  readonly ran: boolean;
  readonly cells: readonly Cell[];
}

/** The whole report in one sentence: who agrees with float64 under equal gates, how nearly, and who does not. */
export function verdict(report: BenchmarkReport): Verdict {
  const standings = standingsOf(report);
  const methods = new Set(report.networks.flatMap(rowsOf).map(({ key }) => key));
  if (methods.size === 0) return { text: 'Nothing was measured.', state: 'none' };

  const agreeing = standings.filter(
    ({ ran, cells }) =>
      ran &&
      cells.some(({ state }) => state === 'agrees') &&
      cells.every(({ state }) => state === 'agrees' || state === 'lacks'),
  );
  const agreed = [...methods].filter((method) =>
    agreeing.every(({ cells }) =>
      cells.every((cell) => cell.method !== method || cell.state === 'agrees'),
    ),
  ).length;
  const worst = Math.max(
    0,
    ...agreeing.flatMap(({ cells }) =>
      cells.filter(({ state }) => state === 'agrees').map(({ error }) => error),
    ),
  );
  const where = report.networks.length > 1 ? ` on ${report.networks.length} networks` : '';
  const head =
    agreeing.length === 0
      ? `No backend of ${standings.length} agrees with float64${where} (limit ${briefError(report.limit)})`
      : `${agreeing.length} of ${counted(standings.length, 'backend')} ${agreeing.length === 1 ? 'agrees' : 'agree'} with float64 on ` +
        `${agreed} of ${counted(methods.size, 'method')}${where} (worst ${briefError(worst)}, limit ${briefError(report.limit)})`;
  const rest = standings.flatMap((standing) => exceptions(standing, report.networks.length > 1));
  return {
    text: `${[head, ...rest].join('; ')}.`,
    state: agreeing.length === 0 ? 'none' : rest.length === 0 ? 'agree' : 'partly',
  };
}

function standingsOf(report: BenchmarkReport): readonly Standing[] {
  const columns = new Map<string, { label: string; ran: boolean; cells: Cell[] }>();
  for (const network of report.networks) {
    const rows = rowsOf(network);
    for (const column of columnsOf(report, network)) {
      const standing = columns.get(column.key) ?? { label: column.label, ran: false, cells: [] };
      columns.set(column.key, standing);
      standing.ran ||= column.backend.failure === undefined;
      for (const row of rows) {
        const result = resultOf(column, row);
        const failure = column.backend.failure ?? result?.failure;
        const error = result?.agreement?.equalGates.relativeL2;
        const state =
          failure !== undefined
            ? failure.kind === 'lacking' && column.backend.failure === undefined
              ? 'lacks'
              : 'failed'
            : error === undefined
              ? 'lacks'
              : error <= report.limit
                ? 'agrees'
                : 'differs';
        standing.cells.push({
          network: network.name,
          method: row.key,
          label: row.label,
          state,
          error: error ?? NaN,
        });
      }
    }
  }
  return [...columns.values()];
}

/** What keeps a backend from full agreement, in the order of weight. */
function exceptions({ label, ran, cells }: Standing, naming: boolean): readonly string[] {
  if (!ran) return [`${label} did not run`];
  const of = (state: Cell['state']): readonly Cell[] =>
    cells.filter((cell) => cell.state === state);
  const named = (some: readonly Cell[]): string => list(some.map((cell) => nameOf(cell, naming)));
  const differing = of('differs');
  const failed = of('failed');
  const lacking = of('lacks');
  return [
    ...(differing.length === 0
      ? []
      : [`${label} differs on ${list(differing.map((cell) => withError(cell, naming)))}`]),
    ...(failed.length === 0 ? [] : [`${label} failed on ${named(failed)}`]),
    ...(lacking.length === 0 ? [] : [`${label} lacks ${named(lacking)}`]),
  ];
}

const nameOf = ({ label, network }: Cell, naming: boolean): string =>
  naming ? `${label} (${network})` : label;

const withError = ({ label, network, error }: Cell, naming: boolean): string =>
  `${label} (${briefError(error)}${naming ? `, ${network}` : ''})`;

/** `a`, `a and b`, `a, b and 3 more` */
function list(names: readonly string[]): string {
  if (names.length > 3) return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
  const last = names.at(-1)!;
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
