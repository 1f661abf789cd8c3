import { createRequire } from 'node:module';
import { pageWithReport, type BenchmarkReport, type NetworkResult } from '@patternlens/benchmark';

/** The limit of agreement under equal gates. */
const LIMIT = 1e-4;

/** Results as a report of this process. The script of the benchmark makes its reports with it.
 * @public */
export async function reportOf(network: NetworkResult): Promise<BenchmarkReport> {
  const { nodeHost } = await import('@patternlens/benchmark/node');
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
  return {
    format: 'patternlens-benchmark',
    version: 1,
    created: new Date().toISOString(),
    patternlens: version,
    limit: LIMIT,
    hosts: [nodeHost()],
    networks: [network],
  };
}

/** Files of a report by their paths: as a page, as JSON, where they were asked for. */
export async function reportFiles(
  network: NetworkResult,
  {
    html,
    report: json,
  }: { readonly html: string | undefined; readonly report: string | undefined },
): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  if (html === undefined && json === undefined) return files;
  const { pageTemplate } = await import('@patternlens/benchmark/node');
  const report = await reportOf(network);
  if (json !== undefined) files.set(json, JSON.stringify(report, null, 2));
  if (html !== undefined) files.set(html, pageWithReport(await pageTemplate(), report));
  return files;
}
