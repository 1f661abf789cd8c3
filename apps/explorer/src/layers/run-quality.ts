import { measureQuality, type QualityReport } from '@patternlens/evaluate';
import { CallFailure } from '../compute/call-failure.js';
import type { CallContext } from '../compute/call-context.js';
import type { QualityAsked, QualityTold } from '../compute/calls/quality-messages.js';
import { samplesFrom } from '../compute/calls/sample-supply.js';
import { backendOf, modelOf, type Session } from '../compute/session.js';

/** Measures the patterns in use.
 * @throws PatternLensError as `measureQuality` does; without patterns. */
export function runQuality(
  session: Session,
  { regress, test }: QualityAsked,
  context: CallContext,
): Promise<QualityReport> {
  const { patterns } = session;
  if (!patterns)
    throw new CallFailure({
      code: 'missing-pattern',
      sentence: 'There are no patterns to measure. Fit them here, or drop a pattern file.',
      subject: {},
    });
  return measureQuality(
    modelOf(session).network,
    { regress: samplesFrom(session, regress, context), test: samplesFrom(session, test, context) },
    {
      backend: backendOf(session),
      patterns,
      signal: context.signal,
      onProgress: (progress) => {
        context.progress({ quality: progress } satisfies QualityTold);
      },
    },
  );
}
