import {
  sliceSamples,
  type Explainer,
  type LayerTarget,
  type Network,
  type NeuronTarget,
  type Recipe,
} from '@patternlens/core';
import {
  receptiveField,
  type Activation,
  type ChannelActivations,
  type Range,
} from '@patternlens/core/neurons';
import { picturedSample, pictureOrder, type ActivationPatch } from '@patternlens/heatmap';
import type { ArrayWriter } from '../explain/array-writer.js';
import type { ActivationEntry, ChannelEntry } from './activations-document.js';
import type { ActivationsRun } from './activations-run.js';

/** A neuron that depends on nothing, behind padding alone. */
const nothing = (axes: number): Range[] => Array.from({ length: axes }, () => ({ from: 0, to: 0 }));

/** What was projected for one feature map. */
export interface ProjectedChannel {
  readonly entry: ChannelEntry;
  readonly patches: readonly ActivationPatch[];
  readonly recipe: Recipe | undefined;
}

/** Projects activations back to the input, and writes their relevance. */
export class ActivationsProjector {
  readonly #run: ActivationsRun;
  readonly #explainer: Explainer;
  readonly #array: ArrayWriter | undefined;
  #row = 0;

  constructor(run: ActivationsRun, explainer: Explainer, array: ArrayWriter | undefined) {
    this.#run = run;
    this.#explainer = explainer;
    this.#array = array;
  }

  async project({ channel, strongest }: ChannelActivations): Promise<ProjectedChannel> {
    const { batch, signal } = this.#run;
    const entries: ActivationEntry[] = [];
    const patches: ActivationPatch[] = [];
    let recipe: Recipe | undefined;
    for (let from = 0; from < strongest.length; from += batch) {
      signal.throwIfAborted();
      recipe = await this.#projectBatch(
        channel,
        strongest.slice(from, from + batch),
        entries,
        patches,
      );
    }
    return { entry: { channel, strongest: entries }, patches, recipe };
  }

  async #projectBatch(
    channel: number,
    found: readonly Activation[],
    entries: ActivationEntry[],
    patches: ActivationPatch[],
  ): Promise<Recipe> {
    const { inputs, layer, model } = this.#run;
    const values = await inputs.readEach(found.map(({ sample }) => sample));
    const target: LayerTarget = { layer, channel, position: 'max' };
    const explanation = await this.#explainer.explain(values, { target, samplesFirst: true });
    const [{ name, shape }] = model.network.inputs as [Network['inputs'][number]];
    const axes = model.network.axes.get(name)!;
    const relevance = explanation.relevanceByInput[name]!;
    for (const [at, { sample }] of found.entries()) {
      const neuron = explanation.targets[at] as NeuronTarget;
      const field = receptiveField(model.network, neuron).get(name) ?? nothing(shape.length - 1);
      const place = inputs.samples[sample]!;
      const source = place.sources.get(name)!;
      const exponent = explanation.exponents[at]!;
      await this.#array?.append(sliceSamples(relevance, at, at + 1));
      entries.push({
        rank: entries.length + 1,
        source: source.name,
        index: place.index,
        position: neuron.position,
        value: explanation.explained[at]!,
        receptiveField: field.map(({ from, to }) => [from, to] as const),
        row: this.#row++,
        exponent,
      });
      if (this.#run.pictures)
        patches.push({
          relevance: picturedSample(relevance, at, axes).values,
          exponent,
          field: pictureOrder(axes).map((axis) => field[axis]!),
          input: {
            values: picturedSample(values[name]!, at, axes).values,
            preprocessing: source.preprocessing?.values,
          },
        });
    }
    return explanation.recipe;
  }
}
