import type { CallContext } from '../call-context.js';
import type { Session } from '../session.js';
import type { CascadeAnswer, CascadeAsked } from './measure-messages.js';

/** Draws the layers' weights anew from the top, and compares maps with those of the network as it is (Adebayo et al. 2018). */
export const measureCascade = async (
  session: Session,
  asked: CascadeAsked,
  context: CallContext,
): Promise<CascadeAnswer> => {
  const { runCascade } = await import('../../measure/run-cascade.js');
  return runCascade(session, asked, context);
};
