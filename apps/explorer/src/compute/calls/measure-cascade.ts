import type { Tensor, TensorRecord } from '@patternlens/core';
import type { RandomisedMethod } from '@patternlens/evaluate';
import type { CallContext } from '../call-context.js';
import type { Session } from '../session.js';
import type { MeasurementAsked } from './measure-degradation.js';
import type { SamplesAsked } from './sample-supply.js';

export interface CascadeAsked extends MeasurementAsked {
  /** Samples that patterns are fitted on again for each randomised network; undefined leaves that out. */
  readonly refit: SamplesAsked | undefined;
  /** The sample whose maps are shown, with its batch of 1. */
  readonly inputs: TensorRecord;
  /** Methods whose maps are shown, by their texts. */
  readonly shown: readonly string[];
}

/** Maps of one method for one sample: of the network as it is, then of each randomised one, from the top; undefined where there is none. */
export interface CascadeMaps {
  readonly method: string;
  readonly maps: readonly (Tensor | undefined)[];
}

export interface CascadeAnswer {
  /** Samples that were compared, and those that patterns were fitted on again. */
  readonly samples: number;
  readonly refitted: number;
  /** One a method, two where its patterns are kept and refitted; methods by their texts. */
  readonly runs: readonly RandomisedMethod[];
  /** The layers in the order in which they are drawn anew. */
  readonly layers: readonly string[];
  /** The class that the shown maps explain; undefined where there are none. */
  readonly target: number | undefined;
  readonly shown: readonly CascadeMaps[];
  readonly warnings: readonly string[];
}

/** Draws the layers' weights anew from the top, and compares maps with those of the network as it is (Adebayo et al. 2018). */
export const measureCascade = async (
  session: Session,
  asked: CascadeAsked,
  context: CallContext,
): Promise<CascadeAnswer> => {
  const { runCascade } = await import('../../measure/run-cascade.js');
  return runCascade(session, asked, context);
};
