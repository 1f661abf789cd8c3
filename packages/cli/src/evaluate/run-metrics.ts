import type { MetricContext, MetricResult } from '@patternlens/core/metrics';
import type { ChosenMetric } from '../arguments/parse-metrics.js';
import type { Step } from '../output/progress.js';

/** Measures one metric after the other; the results by their ids. */
export async function runMetrics(
  chosen: readonly ChosenMetric[],
  context: MetricContext,
  onProgress: (step: Step) => void,
): Promise<ReadonlyMap<string, MetricResult>> {
  const results = new Map<string, MetricResult>();
  for (const { metric, parameters } of chosen) {
    const reporting: MetricContext = {
      ...context,
      onProgress: ({ done, total, what }) => {
        onProgress({ done, total, detail: `${metric.id}: ${what}` });
      },
    };
    results.set(metric.id, await metric.measure(reporting, parameters));
  }
  return results;
}
