import type { QualityReport } from '@patternlens/evaluate';
import type { CallContext } from '../call-context.js';
import type { Session } from '../session.js';
import type { SamplesAsked } from './sample-supply.js';

export interface QualityAsked {
  /** Samples that v is fitted on, and those that it is judged by. */
  readonly regress: SamplesAsked;
  readonly test: SamplesAsked;
}

export interface QualityTold {
  readonly quality: { readonly done: number; readonly total: number; readonly what: string };
}

/** The quality criterion of every layer, for the patterns in use (Kindermans et al. 2017, equation 1). */
export const quality = async (
  session: Session,
  asked: QualityAsked,
  context: CallContext,
): Promise<QualityReport> => {
  const { runQuality } = await import('../../layers/run-quality.js');
  return runQuality(session, asked, context);
};
