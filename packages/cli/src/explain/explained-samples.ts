import type { MethodParameters, NeuronTarget } from '@patternlens/core';

/** One sample as `explanations.json` has it. Files are relative to the folder. */
export interface SampleEntry {
  readonly source: string | Readonly<Record<string, string>>;
  readonly index: number;
  readonly target: number | NeuronTarget;
  readonly label: string | null;
  /** The explained value, before what was cut. */
  readonly output: number;
  readonly start: number;
  readonly exponent: number;
  /** Of the stored values, over all inputs. */
  readonly sum: number;
  /** Of integrated-gradients: how far the sum is from f(x) - f(baseline), and that as a share of it (null where it is 0). */
  readonly completenessError?: number;
  readonly relativeCompletenessError?: number | null;
  readonly files: {
    readonly npy: string | Readonly<Record<string, string>>;
    readonly png: string | Record<string, string> | null;
  };
}

/** One method as `explanations.json` has it. */
export interface MethodEntry {
  readonly model: string;
  readonly method: string;
  readonly parameters: MethodParameters;
  readonly backend: string;
  readonly samples: readonly SampleEntry[];
}
