import type { TensorRecord } from '@patternlens/core';

export interface LayerAsked {
  readonly layer: string;
  /** The sample whose strongest neurons are shown. */
  readonly inputs: TensorRecord;
}

/** One neuron of a linear layer. */
export interface NeuronFacts {
  readonly channel: number;
  /** Its value for the sample, where it is largest. */
  readonly value: number;
  readonly weights: Float32Array;
  /** The direction of the positive regime where there is one; undefined without patterns. */
  readonly pattern: Float32Array | undefined;
  /** w'a, which is 1 unless the neuron has no direction. */
  readonly product: number | undefined;
  /** How often it fired where the patterns were fitted. */
  readonly firings: number | undefined;
}

export interface LayerFacts {
  readonly layer: string;
  readonly neurons: readonly NeuronFacts[];
  /** How many neurons there are in all. */
  readonly of: number;
  /** How a neuron's inputs stand: channels, then places. */
  readonly inputs: { readonly channels: number; readonly rows: number; readonly columns: number };
  /** Samples (and positions) that the patterns have seen. */
  readonly samples: number | undefined;
}
