import type { Tensor, TensorRecord } from '@patternlens/core';
import type { Degradation, RandomisedMethod } from '@patternlens/evaluate';
import type { ChosenMethod } from '../../state/chosen-method.js';
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
