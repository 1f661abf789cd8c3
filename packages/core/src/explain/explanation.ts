import type { MethodGroup, Start } from '../methods/method.js';
import type { MethodParameters } from '../parameters/parameter-spec.js';
import type { Tensor } from '../tensor/tensor.js';
import type { NeuronTarget } from './target.js';

/** How relevance was made, enough to make it again. */
export interface Recipe {
  readonly method: string;
  readonly parameters: MethodParameters;
  readonly group: MethodGroup;
  readonly start: Start;
  /** Names of the rules that were put before the method's own, where there were any. */
  readonly rules?: readonly string[];
  /** Plug-ins, `NAME@VERSION`, whose parts it was made with, where there were any. */
  readonly plugins?: readonly string[];
  readonly backend: string;
  /** What was done to the network before it was explained. */
  readonly changes: readonly string[];
  /** Samples that the patterns were fitted on, where the method uses patterns. */
  readonly patternSamples?: number;
}

/** The explanation of a batch. */
export interface Explanation {
  /** Signed, raw relevance of the network's first input, in its layout and shape. */
  readonly relevance: Tensor;
  /** The same for every input, by its name. */
  readonly relevanceByInput: Readonly<Record<string, Tensor>>;
  /** The network's first output (behind what was cut), or the explained layer's value. */
  readonly output: Tensor;
  /** What was explained, one a sample: the flattened class, or the neuron of a layer. */
  readonly targets: readonly (number | NeuronTarget)[];
  /** The explained neuron's value, one a sample. */
  readonly explained: readonly number[];
  /** What the backward pass started from, one a sample. */
  readonly starts: readonly number[];
  /** The true relevance is the returned one times 2^exponent, one a sample; 0 whenever it fits float32. */
  readonly exponents: readonly number[];
  /** The sum of the returned relevance over all inputs, one a sample. */
  readonly sums: readonly number[];
  /** Of a method that says what its relevance sums to (Integrated Gradients: f(x) - f(baseline)): how far it is from that, one a sample. */
  readonly completenessErrors?: readonly number[];
  /** The same as a share of what it should sum to; infinite where that is 0 and the sum is not. */
  readonly relativeCompletenessErrors?: readonly number[];
  readonly recipe: Recipe;
}
