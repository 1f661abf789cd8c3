import type { BackendResult, BenchmarkReport, NetworkResult } from '../report/benchmark-report.js';
import { columnsOf, methodKey, resultOf, rowsOf, timesOf, type Column } from './report-view.js';

/** A value in both runs, and what became of it. */
export interface Change {
  readonly before: number;
  readonly after: number;
  readonly verdict: 'better' | 'worse' | 'same';
}

/** A cell that both runs have. Changes of what only one of them measured are left out. */
export interface CellChange {
  readonly key: string;
  readonly backend: string;
  readonly method: string;
  readonly error?: Change | undefined;
  readonly time?: Change | undefined;
  readonly ratio?: Change | undefined;
  /** What only one of the runs could do. */
  readonly note?: string | undefined;
}

export type NetworkComparison =
  | { readonly network: string; readonly cells: readonly CellChange[] }
  /** Why nothing is compared. */
  | { readonly network: string; readonly reason: string };

/** An error within this factor of what it was is the same: the order of sums alone moves it as much. */
const ERROR_FACTOR = 2;

/** A time counts as changed beyond this share, and where p10 and p90 do not overlap. */
const TIME_SHARE = 0.05;

/** What changed from one run to another, cell by cell, for networks of the same weights. */
export function compareReports(
  before: BenchmarkReport,
  after: BenchmarkReport,
  batch: number,
): readonly NetworkComparison[] {
  const compared = after.networks.map((network): NetworkComparison => {
    const { name } = network;
    const twin = before.networks.find((other) => other.fingerprint === network.fingerprint);
    if (twin !== undefined) {
      return { network: name, cells: cellChanges({ before, twin, after, network }, batch) };
    }
    return before.networks.some((other) => other.name === name)
      ? { network: name, reason: 'The two runs had different weights: nothing can be compared.' }
      : { network: name, reason: 'Only this run has it.' };
  });
  const known = new Set(
    after.networks.flatMap(({ name, fingerprint }) => [`=${name}`, fingerprint]),
  );
  const missing = before.networks.filter(
    ({ name, fingerprint }) => !known.has(`=${name}`) && !known.has(fingerprint),
  );
  return [
    ...compared,
    ...missing.map(({ name }) => ({ network: name, reason: 'Only the other run has it.' })),
  ];
}

interface Pair {
  readonly before: BenchmarkReport;
  readonly twin: NetworkResult;
  readonly after: BenchmarkReport;
  readonly network: NetworkResult;
}

function cellChanges({ before, twin, after, network }: Pair, batch: number): readonly CellChange[] {
  const olds = columnsOf(before, twin);
  return columnsOf(after, network).flatMap((column) => {
    const old = twinOf(column, olds);
    if (old === undefined) return [];
    return rowsOf(network).flatMap((row): readonly CellChange[] => {
      const now = resultOf(column, row);
      const then = old.backend.methods.find((result) => methodKey(result) === row.key);
      const asked = (backend: BackendResult, result: unknown): boolean =>
        result !== undefined || backend.failure !== undefined;
      if (!asked(column.backend, now) || !asked(old.backend, then)) return [];
      const cell = { key: `${column.key} ${row.key}`, backend: column.label, method: row.label };
      const [is, was] = [ran(column.backend, now), ran(old.backend, then)];
      if (!is && !was) return [];
      if (is !== was) return [{ ...cell, note: is ? 'works now' : 'works no longer' }];
      const [times, oldTimes] = [timesOf(now, batch), timesOf(then, batch)];
      return [
        {
          ...cell,
          ...(now?.agreement &&
            then?.agreement && {
              error: errorChange(
                then.agreement.equalGates.relativeL2,
                now.agreement.equalGates.relativeL2,
                after.limit,
              ),
            }),
          ...(times &&
            oldTimes && {
              time: spreadChange(
                [oldTimes.method.p10, oldTimes.method.median, oldTimes.method.p90],
                [times.method.p10, times.method.median, times.method.p90],
              ),
              ratio: spreadChange(
                [oldTimes.ratio.low, oldTimes.ratio.value, oldTimes.ratio.high],
                [times.ratio.low, times.ratio.value, times.ratio.high],
              ),
            }),
        },
      ];
    });
  });
}

/** The same backend on the same host; else on the only host of the same kind that has it. */
function twinOf({ key, backend, host }: Column, olds: readonly Column[]): Column | undefined {
  const exact = olds.find((old) => old.key === key);
  if (exact !== undefined) return exact;
  const alike = olds.filter(
    (old) => old.backend.backend === backend.backend && old.host.kind === host.kind,
  );
  return alike.length === 1 ? alike[0] : undefined;
}

const ran = (backend: BackendResult, result: BackendResult['methods'][number] | undefined) =>
  backend.failure === undefined && result !== undefined && result.failure === undefined;

/** An error changed where it crossed the limit, or grew or shrank by a factor of two. */
export function errorChange(before: number, after: number, limit: number): Change {
  const crossed = before <= limit !== after <= limit;
  const [low, high] = before < after ? [before, after] : [after, before];
  const same = before === after || (!crossed && high <= low * ERROR_FACTOR);
  return { before, after, verdict: same ? 'same' : after < before ? 'better' : 'worse' };
}

/** A time or a ratio changed where its spreads are apart and its middle moved by more than 5 %. */
export function spreadChange(
  [oldLow, before, oldHigh]: readonly [number, number, number],
  [low, after, high]: readonly [number, number, number],
): Change {
  const apart = low > oldHigh || high < oldLow;
  const moved = Math.abs(after - before) > TIME_SHARE * before;
  return {
    before,
    after,
    verdict: !apart || !moved ? 'same' : after < before ? 'better' : 'worse',
  };
}
