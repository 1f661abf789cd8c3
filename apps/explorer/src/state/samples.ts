import type { Tensor, TensorRecord } from '@patternlens/core';
import type { Preprocessing } from '@patternlens/data';

/** What is known of a generated sample. */
export interface Truth {
  readonly label: number;
  /** Like the input. */
  readonly signal: Tensor;
  readonly distractor: Tensor;
  /** 1 where a pixel depends on the class, [height, width]. */
  readonly mask: Tensor;
}

/** A sample as the model reads it. */
export interface Sample {
  /** By input name, each with a batch of 1 at axis 0. */
  readonly inputs: TensorRecord;
  readonly truth?: Truth | undefined;
}

/** Samples of one source, read when they are needed. */
export interface SampleSet {
  /** Tells one set from another. */
  readonly key: string;
  /** The source as the command line takes it: `generated:seed=7`, `cat.jpg`. */
  readonly source: string;
  /** Of a model with several inputs, the source of each. */
  readonly sourcesByInput?: Readonly<Record<string, string>> | undefined;
  /** What files made of it are named after: `generated`, `cat`. */
  readonly stem: string;
  /** It is an image: one sample, whose files have no number. */
  readonly single: boolean;
  readonly count: number;
  readonly nameOf: (index: number) => string;
  /** @throws where the sample can't be read. */
  readonly read: (index: number) => Promise<Sample>;
  /** How pixels became the input's values, where the source has pixels. */
  readonly preprocessing?: { readonly name: string; readonly values: Preprocessing } | undefined;
}

/** A sample that is chosen, or could be. */
export interface SamplePlace {
  readonly set: SampleSet;
  readonly index: number;
}
