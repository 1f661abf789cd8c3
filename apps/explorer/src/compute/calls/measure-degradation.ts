import type { Degradation } from '@patternlens/evaluate';
import type { ChosenMethod } from '../../state/chosen-method.js';
import type { CallContext } from '../call-context.js';
import type { Session } from '../session.js';
import type { SamplesAsked } from './sample-supply.js';

/** What every measurement of methods needs. */
export interface MeasurementAsked {
  readonly samples: SamplesAsked;
  readonly methods: readonly ChosenMethod[];
}

export interface DegradationAsked extends MeasurementAsked {
  /** Side of a patch. */
  readonly patch: number;
}

/** What is told while a measurement runs; besides, samples are asked for. */
export interface MeasureTold {
  readonly measured: { readonly done: number; readonly total: number; readonly what: string };
}

/** Degradation of images (Kindermans et al. 2017, section 4.2), methods by their texts. */
export type MeasuredDegradation = Degradation;

/** Measures how fast the score of the predicted class falls while patches are removed. */
export const measureDegradation = async (
  session: Session,
  asked: DegradationAsked,
  context: CallContext,
): Promise<MeasuredDegradation> => {
  const { runDegradation } = await import('../../measure/run-degradation.js');
  return runDegradation(session, asked, context);
};
