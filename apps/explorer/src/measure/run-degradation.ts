import { measureDegradation } from '@patternlens/evaluate';
import type { CallContext } from '../compute/call-context.js';
import type { DegradationAsked, MeasuredDegradation } from '../compute/calls/measure-messages.js';
import type { Session } from '../compute/session.js';
import { byText, metricContext } from './metric-context.js';

/** Measures degradation on this worker's backend.
 * @throws PatternLensError as `measureDegradation` does. */
export async function runDegradation(
  session: Session,
  asked: DegradationAsked,
  context: CallContext,
): Promise<MeasuredDegradation> {
  const measuring = metricContext(session, asked, context);
  // The page shows no curve of least relevance first: it would take a fifth more time.
  const options = { patch: asked.patch, leastEvery: 0 };
  const measured = await measureDegradation(measuring.context, options);
  const { textOf } = measuring;
  return {
    ...measured,
    pairs: measured.pairs.map(({ first, second, difference }) => ({
      ...{ first: textOf(first), second: textOf(second), difference },
    })),
    orders: byText(measured.orders, measuring),
    methods: byText(measured.methods, measuring),
    againstRandom: byText(measured.againstRandom, measuring),
  };
}
