import type { MetricResult } from '@patternlens/core/metrics';
import { renderChart } from '@patternlens/heatmap';
import { uniqueNames } from '@patternlens/data';
import type { Staging } from '../output/staging.js';
import { csvOf } from './table-text.js';

/** Writes every metric's tables as CSV and its charts as SVG and PNG, and all numbers as `evaluation.json`. */
export async function writeResults(
  results: ReadonlyMap<string, MetricResult>,
  document: string,
  staging: Staging,
): Promise<void> {
  const { nodeRenderer } = await import('@patternlens/heatmap/node');
  const renderer = await nodeRenderer();
  const tableName = uniqueNames(),
    chartName = uniqueNames();
  const files = new Map<string, string | Uint8Array>();
  for (const { tables, charts } of results.values()) {
    for (const table of tables) files.set(`${tableName(table.id)}.csv`, csvOf(table));
    for (const chart of charts) {
      const name = chartName(chart.id);
      const { svg, png } = renderChart(chart, renderer);
      files.set(`${name}.svg`, svg).set(`${name}.png`, png);
    }
  }
  files.set('evaluation.json', `${document}\n`);
  for (const [name, content] of files) await staging.write(name, content);
}
