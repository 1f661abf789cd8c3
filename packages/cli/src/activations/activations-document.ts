import type { Recipe, Start } from '@patternlens/core';
import type { PreprocessingEntry } from '@patternlens/explain/node';

/** One activation as `activations.json` has it. */
export interface ActivationEntry {
  readonly rank: number;
  readonly source: string;
  readonly index: number;
  readonly position: readonly number[];
  readonly value: number;
  /** A range `[from, to)` for each axis of the input but the batch. */
  readonly receptiveField: readonly (readonly [number, number])[];
  /** Its row in `activations.npy`. */
  readonly row: number;
  readonly exponent: number;
}

export interface ChannelEntry {
  readonly channel: number;
  readonly strongest: readonly ActivationEntry[];
}

export interface ActivationsDocument {
  readonly model: string;
  readonly layer: string;
  readonly method: string;
  readonly parameters: Recipe['parameters'];
  readonly start: Start;
  readonly backend: string;
  readonly preprocessing: PreprocessingEntry;
  readonly samples: number;
  readonly top: number;
  readonly channels: readonly ChannelEntry[];
  readonly files: { readonly npy: string | null; readonly png: readonly string[] };
}
