import type { CallContext } from '../call-context.js';
import type { Session } from '../session.js';
import type { DegradationAsked, MeasuredDegradation } from './measure-messages.js';

/** Measures how fast the score of the predicted class falls while patches are removed. */
export const measureDegradation = async (
  session: Session,
  asked: DegradationAsked,
  context: CallContext,
): Promise<MeasuredDegradation> => {
  const { runDegradation } = await import('../../measure/run-degradation.js');
  return runDegradation(session, asked, context);
};
