import type {
  ChannelTarget,
  ExplanationWarning,
  MethodParameters,
  NeuronTarget,
} from '@patternlens/core';
import type { PreprocessingEntry } from '@patternlens/explain/node';

type FieldEntry = readonly (readonly [number, number])[];

/** One sample as `explanations.json` has it. Files are relative to the folder. */
export interface SampleEntry {
  readonly source: string | Readonly<Record<string, string>>;
  readonly index: number;
  readonly target: number | ChannelTarget | NeuronTarget;
  readonly label: string | null;
  /** The explained value, before what was cut; of a channel, the sum over its positions. */
  readonly output: number;
  readonly start: number;
  readonly exponent: number;
  /** Of the stored values, over all inputs. */
  readonly sum: number;
  /** Where a neuron of a layer was explained, the part of the input that it depends on: `[from, to)` for each axis but the batch. */
  readonly receptiveField?: FieldEntry | Readonly<Record<string, FieldEntry>> | undefined;
  /** Of integrated-gradients: how far the sum is from f(x) - f(baseline), and that as a share of it (null where it is 0). */
  readonly completenessError?: number;
  readonly relativeCompletenessError?: number | null;
  /** Of integrated-gradients with steps=auto: how many it took. */
  readonly stepsTaken?: number;
  /** What has to be known to read the numbers. */
  readonly warnings: readonly ExplanationWarning[];
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
  /** The output that was explained, or the value inside, by the model's name for it; left out where neurons of a layer were. */
  readonly explainedOutput?: string;
  /** Plug-ins, `NAME@VERSION`, whose parts it was made with, where there were any. */
  readonly plugins?: readonly string[];
  readonly backend: string;
  readonly preprocessing: PreprocessingEntry;
  readonly samples: readonly SampleEntry[];
}
