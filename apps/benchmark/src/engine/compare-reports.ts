import type {
  BackendResult,
  BenchmarkReport,
  MethodResult,
  MethodTimes,
  NetworkResult,
} from '../report/benchmark-report.js';

/** A value in two runs; undefined where a run does not have it. */
export interface Change {
  readonly before: number | undefined;
  readonly after: number | undefined;
  /** After over before; undefined unless both are there and the first is not 0. */
  readonly factor: number | undefined;
}

export interface TimeChange {
  readonly batch: number;
  readonly median: Change;
  readonly ratio: Change;
  /** The intervals of the ratios do not touch. */
  readonly clear: boolean;
}

/** One method on one backend of one host in two runs. */
export interface CellChange {
  readonly network: string;
  readonly host: string;
  readonly backend: string;
  readonly method: string;
  readonly parameters: MethodResult['parameters'];
  /** `both` runs gave a result; else what happened to it. */
  readonly state: 'both' | 'appeared' | 'gone' | 'failed in both';
  /** Relative L2 under equal gates. */
  readonly error: Change;
  readonly times: readonly TimeChange[];
}

export interface ReportComparison {
  /** Created, of both runs. */
  readonly before: string;
  readonly after: string;
  readonly cells: readonly CellChange[];
  /** Networks that are not compared, and why. */
  readonly left: readonly { readonly network: string; readonly reason: string }[];
}

function change(before: number | null | undefined, after: number | null | undefined): Change {
  // What was not finite is null in JSON.
  const a = before ?? undefined,
    b = after ?? undefined;
  const factor = a === undefined || b === undefined || a === 0 ? undefined : b / a;
  return { before: a, after: b, factor };
}

const keyOf = ({ method, parameters }: MethodResult): string =>
  `${method} ${JSON.stringify(Object.entries(parameters).sort())}`;

const hasResult = (cell: MethodResult | undefined): boolean =>
  cell?.agreement !== undefined || cell?.times !== undefined;

function timeChanges(
  before: readonly MethodTimes[] = [],
  after: readonly MethodTimes[] = [],
): TimeChange[] {
  const batches = [...new Set([...before, ...after].map(({ batch }) => batch))];
  return batches.map((batch) => {
    const a = before.find((own) => own.batch === batch),
      b = after.find((own) => own.batch === batch);
    return {
      batch,
      median: change(a?.method.median, b?.method.median),
      ratio: change(a?.ratio.value, b?.ratio.value),
      clear:
        a !== undefined &&
        b !== undefined &&
        (a.ratio.high < b.ratio.low || b.ratio.high < a.ratio.low),
    };
  });
}

function cellChange(
  network: string,
  { host, backend }: BackendResult,
  before: MethodResult | undefined,
  after: MethodResult | undefined,
): CellChange {
  const was = hasResult(before),
    is = hasResult(after);
  return {
    network,
    host,
    backend,
    method: (before ?? after)!.method,
    parameters: (before ?? after)!.parameters,
    state: was && is ? 'both' : was ? 'gone' : is ? 'appeared' : 'failed in both',
    error: change(
      before?.agreement?.equalGates.relativeL2,
      after?.agreement?.equalGates.relativeL2,
    ),
    times: timeChanges(before?.times, after?.times),
  };
}

/** Entries of two lists side by side by their keys, in the order of the first. */
function pairs<T>(
  before: readonly T[],
  after: readonly T[],
  key: (entry: T) => string,
): [T | undefined, T | undefined][] {
  const keys = [...new Set([...before, ...after].map(key))];
  const find = (list: readonly T[], wanted: string): T | undefined =>
    list.find((entry) => key(entry) === wanted);
  return keys.map((wanted) => [find(before, wanted), find(after, wanted)]);
}

function networkChanges(before: NetworkResult, after: NetworkResult): CellChange[] {
  const backendKey = ({ host, backend }: BackendResult): string => `${host} ${backend}`;
  return pairs(before.backends, after.backends, backendKey).flatMap(([a, b]) =>
    pairs(a?.methods ?? [], b?.methods ?? [], keyOf).map(([x, y]) =>
      cellChange(before.name, (a ?? b)!, x, y),
    ),
  );
}

/** What changed from one run to another, cell by cell; networks only where their weights are the same. */
export function compareReports(before: BenchmarkReport, after: BenchmarkReport): ReportComparison {
  const cells: CellChange[] = [];
  const left: { network: string; reason: string }[] = [];
  for (const [a, b] of pairs(before.networks, after.networks, ({ name }) => name)) {
    if (a && b && a.fingerprint === b.fingerprint) cells.push(...networkChanges(a, b));
    else
      left.push({
        network: (a ?? b)!.name,
        reason: a && b ? 'its weights are not the same in both runs' : 'it is in one run only',
      });
  }
  return { before: before.created, after: after.created, cells, left };
}
