import { explainFailure, watchGraphics } from '@patternlens/page';
import { CallFailure, sentFailure, type SentFailure } from './call-failure.js';
import type { Session } from './session.js';

/** A failure in the page's words, the runtime's own behind them. */
function told({ backendId, graphics }: Session, thrown: unknown): SentFailure {
  const sent = sentFailure(thrown);
  // What another worker said is in words already.
  if (thrown instanceof CallFailure || sent.code === 'cancelled')
    return {
      ...sent,
      isLacking: sent.isLacking ?? sent.code === 'backend-unavailable',
      endsWorker: undefined,
    };
  const { kind, reason, cause } = explainFailure(backendId, {
    kind: sent.code === 'backend-unavailable' ? 'lacking' : 'failed',
    reason: sent.sentence,
    cause: sent.cause,
  });
  return {
    ...sent,
    ...{ sentence: reason, cause },
    isLacking: kind === 'lacking',
    endsWorker: graphics.lost !== undefined,
  };
}

/** Runs something on the worker's backend: it fails at once where the graphics device is lost.
 * @throws CallFailure in the page's words. */
export async function watched<T>(session: Session, run: () => Promise<T>): Promise<T> {
  try {
    return await watchGraphics(session.graphics, run);
  } catch (thrown) {
    throw new CallFailure(told(session, thrown));
  }
}
