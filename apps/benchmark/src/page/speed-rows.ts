import type { NetworkResult, BenchmarkReport, MethodTimes } from '../report/benchmark-report.js';
import { columnsOf, resultOf, timesOf, type Row } from './report-view.js';

/** A backend's times for one method. */
export interface SpeedRow {
  readonly label: string;
  readonly host: string;
  readonly times: MethodTimes;
  /** Its median as a multiple of the fastest backend's. */
  readonly toFastest: number;
}

/** The backends that were timed with this batch, the fastest first. */
export function speedRows(
  report: BenchmarkReport,
  network: NetworkResult,
  { row, batch, host }: { row: Row; batch: number; host?: string | undefined },
): readonly SpeedRow[] {
  const timed = columnsOf(report, network, host)
    .flatMap((column) => {
      const times = timesOf(resultOf(column, row), batch);
      return times === undefined ? [] : [{ label: column.label, host: column.host.name, times }];
    })
    .sort((a, b) => a.times.method.median - b.times.method.median);
  const fastest = timed[0]?.times.method.median ?? NaN;
  return timed.map((entry) => ({ ...entry, toFastest: entry.times.method.median / fastest }));
}
