import type { ChosenMetric } from '../arguments/parse-metrics.js';
import { UsageError } from '../arguments/usage-error.js';

/** @throws UsageError for a metric that measures methods, where none is named. */
export function checkNeeds(chosen: readonly ChosenMetric[], method: string | undefined): void {
  const needing = chosen.find(({ metric }) => metric.needs.includes('methods'));
  if (needing && method === undefined)
    throw new UsageError(
      `--metrics ${needing.metric.id}: it measures methods, and none is named. Add --method ID[,ID...], or --method all.`,
    );
}

/** @throws UsageError for a metric that needs to know the truth, where it is not known. */
export function checkTruth(chosen: readonly ChosenMetric[], known: boolean): void {
  const needing = chosen.find(({ metric }) => metric.needs.includes('truth'));
  if (needing && !known)
    throw new UsageError(
      `--metrics ${needing.metric.id}: it needs data of which it is known what decides them. Use generated.`,
    );
}
