import { throwIfCancelled } from '@patternlens/core';
import { isFitted } from '@patternlens/core/network';
import { measureRandomisation } from '@patternlens/evaluate';
import type { CallContext } from '../compute/call-context.js';
import type { CascadeAnswer, CascadeAsked } from '../compute/calls/measure-messages.js';
import { samplesFrom } from '../compute/calls/sample-supply.js';
import { modelOf, type Session } from '../compute/session.js';
import { cascadeMaps } from './cascade-maps.js';
import { metricContext } from './metric-context.js';

/** Measures the cascade on this worker's backend, and makes the maps of one sample along it.
 * @throws PatternLensError as `measureRandomisation` does. */
export async function runCascade(
  session: Session,
  asked: CascadeAsked,
  context: CallContext,
): Promise<CascadeAnswer> {
  const refit = asked.refit && samplesFrom(session, asked.refit, context);
  const measuring = metricContext(session, asked, context, refit);
  const measured = await measureRandomisation(measuring.context, {
    order: 'cascading',
    patterns: refit ? 'both' : 'kept',
    samples: Math.max(2, asked.samples.count),
    refit: Math.max(2, asked.refit?.count ?? 2),
  });
  throwIfCancelled(context.signal, 'evaluate', () => 'The cascade was cancelled.');
  const layers = modelOf(session)
    .network.layers.filter(isFitted)
    .map(({ name }) => name)
    .toReversed();
  return {
    ...{ samples: measured.samples, refitted: measured.refitted, layers },
    warnings: measured.warnings,
    runs: measured.runs.map((run) => ({ ...run, method: measuring.textOf(run.method) })),
    ...(await cascadeMaps(measuring, layers, asked)),
  };
}
