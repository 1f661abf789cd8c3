import type {
  ChannelTarget,
  ExplanationWarning,
  NeuronTarget,
  Recipe,
  Tensor,
  TensorRecord,
} from '@patternlens/core';
import { labelOf } from '../models/class-labels.js';
import type { ReadyModel } from '../models/open-model.js';
import type { ExplainedSample } from '../explain/explain-samples.js';

/** One image explained by one method, as numbers. */
export interface RelevanceMap {
  /** The image's name or path; of a network of several inputs, by input name. */
  readonly image: string | Readonly<Record<string, string>>;
  /** Its place in its file: 0, but for array files. */
  readonly index: number;
  /** The id of the method. */
  readonly method: string;
  /** Raw, signed relevance of the first input, in its layout without the batch axis. */
  readonly relevance: Tensor;
  /** The same for every input. */
  readonly relevanceByInput: TensorRecord;
  /** What was explained: a class, a channel of the output, or a neuron of a layer. */
  readonly target: number | ChannelTarget | NeuronTarget;
  /** The target's name, where there are labels. */
  readonly label?: string | undefined;
  /** The explained value, such as the logit. */
  readonly explained: number;
  /** All values of the explained output, or of the layer, of this image. */
  readonly output: Tensor;
  /** What relevance started from. */
  readonly start: number;
  /** The true relevance is the given one times 2^exponent. */
  readonly exponent: number;
  /** The sum of the stored relevance over all inputs. */
  readonly sum: number;
  /** How it was made: method, parameters, explained output, backend, changes of the network, remarks on layers. */
  readonly recipe: Recipe;
  /** What has to be known to read the numbers. */
  readonly warnings: readonly ExplanationWarning[];
}

/** One image explained by one method, with its picture. All of it is plain data, which workers can send. */
export interface ImageMap extends RelevanceMap {
  /** The picture of the first input as a PNG file, which carries the recipe. */
  readonly png: Uint8Array;
  /** The pictures of all inputs. */
  readonly pngByInput: Readonly<Record<string, Uint8Array>>;
  /** The same as text, where `svg` was asked for. */
  readonly svg?: string | undefined;
  readonly svgByInput?: Readonly<Record<string, string>> | undefined;
}

/** A sample of a batch, without the batch axis. */
function rowOf({ data, shape }: Tensor, at: number): Tensor {
  const each = data.length / shape[0]!;
  return { data: data.slice(at * each, (at + 1) * each), shape: shape.slice(1) };
}

/** The numbers of a sample that was explained. */
export function relevanceMap(
  { network, labels }: Pick<ReadyModel, 'network' | 'labels'>,
  { explanation, at, sample }: ExplainedSample,
): RelevanceMap {
  const names = [...sample.sources].map(([input, { name }]) => [input, name] as const);
  const byInput = Object.entries(explanation.relevanceByInput).map(
    ([input, relevance]) => [input, rowOf(relevance, at)] as const,
  );
  const relevanceByInput = Object.fromEntries(byInput);
  const target = explanation.targets[at]!;
  const label = labelOf(network, labels, target);
  return {
    image: names.length === 1 ? names[0]![1] : Object.fromEntries(names),
    index: sample.index,
    method: explanation.recipe.method,
    relevance: relevanceByInput[network.inputs[0]!.name]!,
    relevanceByInput,
    target,
    ...(label === undefined ? {} : { label }),
    explained: explanation.explained[at]!,
    output: rowOf(explanation.output, at),
    start: explanation.starts[at]!,
    exponent: explanation.exponents[at]!,
    sum: explanation.sums[at]!,
    recipe: explanation.recipe,
    warnings: explanation.warnings[at]!,
  };
}
