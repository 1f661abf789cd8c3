import type { MethodGroup, Start } from '../methods/method.js';
import type { MethodParameters } from '../parameters/parameter-spec.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Remark } from '../tracing/remark.js';
import type { ChannelTarget, NeuronTarget } from './target.js';
import type { ExplanationWarning } from './warnings/explanation-warning.js';

/** How relevance was made, enough to make it again. */
export interface Recipe {
  /** The id of the method. */
  readonly method: string;
  /** Its parameters, with defaults filled in. */
  readonly parameters: MethodParameters;
  /** The output that was explained, or the value inside, by the model's name for it; left out where neurons of a layer were. */
  readonly explainedOutput?: string;
  /** What the numbers are about; maps compare within a group only. */
  readonly group: MethodGroup;
  /** What the backward pass started from. */
  readonly start: Start;
  /** Names of the rules that were put before the method's own, where there were any. */
  readonly rules?: readonly string[];
  /** Plug-ins, `NAME@VERSION`, whose parts it was made with, where there were any. */
  readonly plugins?: readonly string[];
  /** The id of the backend: `onnx:node`. */
  readonly backend: string;
  /** What was done to the network before it was explained. */
  readonly changes: readonly string[];
  /** What to know of layers that the method was applied to, where there is something: what is approximate, neurons that took the linear pattern. */
  readonly remarks?: readonly Remark[];
  /** Samples that the patterns were fitted on, where the method uses patterns. */
  readonly patternSamples?: number;
}

/** The explanation of a batch of N samples. Lists have one entry for each sample. */
export interface Explanation {
  /** Signed, raw relevance of the network's first input, in its layout and shape, `[N, ...]`. Its unit depends on the method: for attributions that of the
   * explained value, for signals that of the input, for functions that of the explained value per unit of the input. */
  readonly relevance: Tensor;
  /** The same for every input, by its name; `relevance` is the first of them. */
  readonly relevanceByInput: Readonly<Record<string, Tensor>>;
  /** The network's first output, `[N, ...]`, as it is before a final softmax or sigmoid that was cut off; or the value of the explained layer. */
  readonly output: Tensor;
  /** What was explained: an index into the flattened output, a channel at all of its positions, or a neuron of a layer. */
  readonly targets: readonly (number | ChannelTarget | NeuronTarget)[];
  /** The value of the explained neuron; of a channel, the sum over its positions. */
  readonly explained: readonly number[];
  /** What the backward pass started from: 1 (of a channel, at every position), or the explained value. */
  readonly starts: readonly number[];
  /** The true relevance is the returned one times 2^exponent; the exponent is 0 whenever the true relevance fits float32. */
  readonly exponents: readonly number[];
  /** The sum of the returned relevance over all inputs. */
  readonly sums: readonly number[];
  /** Of a method that says what its relevance sums to (Integrated Gradients: f(x) - f(baseline)): the absolute difference to that. */
  readonly completenessErrors?: readonly number[];
  /** The same as a fraction of what the relevance should sum to; infinite where that is 0 and the sum is not. */
  readonly relativeCompletenessErrors?: readonly number[];
  /** Of a method that finds how many steps it takes (Integrated Gradients with `steps: 'auto'`): how many it took. */
  readonly stepsTaken?: readonly number[];
  /** What has to be known to read each sample's numbers: a list for each, empty where nothing has to be told. */
  readonly warnings: readonly (readonly ExplanationWarning[])[];
  /** How it was made. */
  readonly recipe: Recipe;
}
