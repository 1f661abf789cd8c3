import { METHOD_GROUPS, methodGroup, methodName } from '@patternlens/heatmap';
import type {
  BackendResult,
  BenchmarkReport,
  Failure,
  HostCard,
  MethodResult,
  MethodTimes,
  NetworkResult,
} from '../report/benchmark-report.js';

/** A backend of a network, on its host. */
export interface Column {
  /** Host and backend. */
  readonly key: string;
  readonly backend: BackendResult;
  readonly host: HostCard;
  /** The backend's name; with its host where several hosts have one of that name. */
  readonly label: string;
}

/** A method with its parameters. */
export interface Row {
  readonly key: string;
  /** For people: `PatternNet`. */
  readonly label: string;
  /** Group and parameters: `signal`, `attribution, epsilon 0.1`. */
  readonly detail: string;
}

/** What a method with its parameters is known by: `lrp-epsilon(epsilon=0.1)`. */
export function methodKey({
  method,
  parameters,
}: Pick<MethodResult, 'method' | 'parameters'>): string {
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${String(value)}`);
  return pairs.length === 0 ? method : `${method}(${pairs.sort().join(',')})`;
}

/** A network's backends in the order of the hosts, of one host where one is named. */
export function columnsOf(
  report: BenchmarkReport,
  network: NetworkResult,
  hostId?: string,
): readonly Column[] {
  const hostsOf = new Map<string, Set<string>>();
  for (const { backend, host } of report.networks.flatMap(({ backends }) => backends)) {
    hostsOf.set(backend, (hostsOf.get(backend) ?? new Set()).add(host));
  }
  return report.hosts
    .filter(({ id }) => hostId === undefined || id === hostId)
    .flatMap((host) =>
      network.backends
        .filter((backend) => backend.host === host.id)
        .map((backend) => ({
          key: `${host.id} ${backend.backend}`,
          backend,
          host,
          label:
            hostsOf.get(backend.backend)!.size > 1
              ? `${backend.backend} (${host.id})`
              : backend.backend,
        })),
    );
}

/** Every method that any backend of the network was asked for: functions, signals, attributions, then others. */
export function rowsOf(network: NetworkResult): readonly Row[] {
  const rows = new Map<string, Row & { readonly group: number }>();
  for (const result of network.backends.flatMap(({ methods }) => methods)) {
    const key = methodKey(result);
    const group = methodGroup(result.method);
    const parameters = Object.entries(result.parameters).map(
      ([name, value]) => `${name} ${String(value)}`,
    );
    if (!rows.has(key)) {
      rows.set(key, {
        key,
        label: methodName(result.method),
        detail: [...(group === undefined ? [] : [group]), ...parameters].join(', '),
        group: METHOD_GROUPS.findIndex(({ id }) => id === group) >>> 0,
      });
    }
  }
  return [...rows.values()].sort((a, b) => a.group - b.group);
}

/** What a backend gave for a method. */
export const resultOf = (column: Column, row: Row): MethodResult | undefined =>
  column.backend.methods.find((result) => methodKey(result) === row.key);

/** The times of a batch. */
export const timesOf = (result: MethodResult | undefined, batch: number): MethodTimes | undefined =>
  result?.times?.find((times) => times.batch === batch);

/** Batches that anything was timed with, ascending. */
export function batchesOf(report: BenchmarkReport): readonly number[] {
  const batches = report.networks
    .flatMap(({ backends }) => backends)
    .flatMap(({ methods }) => methods)
    .flatMap(({ times }) => times ?? [])
    .map(({ batch }) => batch);
  return [...new Set(batches)].sort((a, b) => a - b);
}

/** Flips of a result, over all layers. */
export const flipsOf = ({ agreement }: MethodResult): number =>
  (agreement?.flips ?? []).reduce((sum, { flips }) => sum + flips, 0);

/** A failure in two words: what stands in a cell. */
export const failureWord = ({ kind }: Failure): string =>
  kind === 'lacking' ? 'not supported' : 'failed';
