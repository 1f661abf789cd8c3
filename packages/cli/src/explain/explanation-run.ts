import type { Backend, PatternSet, Start, Target } from '@patternlens/core';
import type { Method } from '@patternlens/core/tracing';
import type { JoinedInputs } from '@patternlens/explain/node';
import type { OpenedModel } from '../models/open-model.js';
import type { Staging } from '../output/staging.js';

/** What is explained, how, and where to. */
export interface ExplanationRun {
  readonly model: OpenedModel;
  readonly inputs: JoinedInputs;
  readonly methods: readonly Method[];
  readonly backend: Backend;
  readonly patterns?: PatternSet | undefined;
  readonly target: Target;
  readonly start?: Start | undefined;
  readonly batch: number;
  readonly pictures: boolean;
  /** Show the receptive field alone where a neuron of a layer is explained. */
  readonly crop: boolean;
  readonly staging: Staging;
  readonly signal: AbortSignal;
  /** Called with lines on what is to be known of a method's results. */
  readonly onRemarks: (lines: readonly string[]) => void;
  /** Called with the samples of all methods that are done, parts of one where a driver is under way, and what is being done. */
  readonly onProgress: (done: number, total: number, detail: string) => void;
}
