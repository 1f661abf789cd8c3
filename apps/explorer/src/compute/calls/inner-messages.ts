import type { Target, TensorRecord } from '@patternlens/core';

export interface InnerAsked {
  readonly method: string;
  /** As they are written on the command line. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** One sample, with a batch of 1 at axis 0. */
  readonly inputs: TensorRecord;
  readonly target: Target;
}

/** The relevance that arrived at a layer. */
export interface InnerRelevance {
  readonly layer: string;
  /** The rule that sent it on. */
  readonly rule: string;
  /** Sums over channels: one number a place; of features, all of them. */
  readonly plane: {
    readonly values: Float64Array;
    readonly width: number;
    readonly height: number;
  };
  /** The sum of all of it. */
  readonly sum: number;
}
