import type { Session } from '../session.js';
import type { InnerAsked, InnerRelevance } from './inner-messages.js';

/** The relevance that arrives at every layer, the last first. */
export const innerRelevance = async (
  session: Session,
  asked: InnerAsked,
): Promise<readonly InnerRelevance[]> => {
  const { traceInner } = await import('../../layers/trace-inner.js');
  return traceInner(session, asked);
};
