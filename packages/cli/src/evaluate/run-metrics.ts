import type { MetricContext, MetricResult } from '@patternlens/core';
import type { ChosenMetric } from '../arguments/parse-metrics.js';

/** Measures one metric after the other; the results by their ids. */
export async function runMetrics(
  chosen: readonly ChosenMetric[],
  context: MetricContext,
  onProgress: (metric: string, done: number, total: number, what: string) => void,
): Promise<ReadonlyMap<string, MetricResult>> {
  const results = new Map<string, MetricResult>();
  for (const { metric, parameters } of chosen) {
    const own: MetricContext = {
      ...context,
      onProgress: ({ done, total, what }) => {
        onProgress(metric.id, done, total, what);
      },
    };
    results.set(metric.id, await metric.measure(own, parameters));
  }
  return results;
}
