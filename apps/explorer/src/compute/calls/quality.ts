import type { QualityAsked } from './quality-messages.js';
import type { QualityReport } from '@patternlens/evaluate';
import type { CallContext } from '../call-context.js';
import type { Session } from '../session.js';

/** The quality criterion of every layer, for the patterns in use (Kindermans et al. 2017, equation 1). */
export const quality = async (
  session: Session,
  asked: QualityAsked,
  context: CallContext,
): Promise<QualityReport> => {
  const { runQuality } = await import('../../layers/run-quality.js');
  return runQuality(session, asked, context);
};
