import type { MetricTable } from '@patternlens/core/metrics';
import { bootstrap, type Interval } from '../statistics/bootstrap.js';
import { intervalCells, intervalColumns } from './interval-cells.js';

/** One value a sample for each quantity; null where a sample has none. */
export type PerSample<Q extends string> = Readonly<Record<Q, readonly (number | null)[]>>;

/** The mean of each quantity, with its interval. */
export function meansOf<Q extends string>(values: PerSample<Q>, seed: number): Record<Q, Interval> {
  return Object.fromEntries(
    Object.entries<readonly (number | null)[]>(values).map(([quantity, samples]) => [
      quantity,
      bootstrap(samples, seed),
    ]),
  ) as Record<Q, Interval>;
}

/** A row a method, and three columns a quantity. */
export function meanTable<Q extends string>(
  table: Pick<MetricTable, 'id' | 'title' | 'notes'>,
  quantities: Readonly<Record<Q, string>>,
  rows: ReadonlyMap<string, Readonly<Record<Q, Interval>>>,
): MetricTable {
  const keys = Object.keys(quantities) as Q[];
  return {
    ...table,
    columns: ['method', ...keys.flatMap((key) => intervalColumns(quantities[key]))],
    rows: [...rows].map(([name, means]) => [
      name,
      ...keys.flatMap((key) => intervalCells(means[key])),
    ]),
  };
}

/** What `--json` prints of each method: means with intervals, and a value a sample. */
export function meanJson<Q extends string>(
  perSample: ReadonlyMap<string, PerSample<Q>>,
  means: ReadonlyMap<string, Readonly<Record<Q, Interval>>>,
): Record<string, unknown> {
  return Object.fromEntries(
    [...perSample].map(([name, samples]) => [name, { ...means.get(name)!, perSample: samples }]),
  );
}
