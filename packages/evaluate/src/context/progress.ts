import { throwIfCancelled } from '@patternlens/core';
import { type MetricContext } from '@patternlens/core/metrics';

/** @throws PatternLensError `cancelled` once the signal is aborted. */
export function checkCancelled({ signal }: MetricContext, metric: string): void {
  throwIfCancelled(signal, 'evaluate', () => `${metric}: cancelled.`);
}

/** Counts what is done: each call reports it, and ends with `cancelled` once the signal is aborted. */
export function progressOf(
  context: MetricContext,
  metric: string,
  total: number,
): (count: number, what: string) => void {
  let done = 0;
  return (count, what) => {
    checkCancelled(context, metric);
    done += count;
    context.onProgress?.({ done: Math.min(done, total), total, what });
  };
}
