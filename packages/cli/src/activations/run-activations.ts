import { writeFile } from 'node:fs/promises';
import {
  createExplainer,
  receptiveField,
  sliceSamples,
  strongestActivations,
  type Activation,
  type Backend,
  type ChannelActivations,
  type Explainer,
  type LayerTarget,
  type Method,
  type Network,
  type NeuronTarget,
  type PatternSet,
  type Range,
  type Recipe,
  type Start,
} from '@patternlens/core';
import { pageToSvg, renderActivations, type ActivationPatch } from '@patternlens/heatmap';
import type { ChannelChoice } from '../arguments/parse-channels.js';
import { asChoice } from '../arguments/parse-methods.js';
import { startArray, type ArrayWriter } from '../explain/array-writer.js';
import type { JoinedInputs } from '../explain/joined-inputs.js';
import { layoutOf, pictured } from '../explain/layout-of.js';
import type { OpenedModel } from '../models/open-model.js';
import { counted } from '../output/counted.js';
import type { Staging } from '../output/staging.js';

export interface ActivationsRun {
  readonly model: OpenedModel;
  /** The network that the method is applied to, up to the layer. */
  readonly explained: Network;
  readonly inputs: JoinedInputs;
  readonly layer: string;
  readonly channels: ChannelChoice;
  readonly top: number;
  readonly method: Method;
  readonly patterns?: PatternSet | undefined;
  readonly start?: Start | undefined;
  readonly backend: Backend;
  readonly batch: number;
  readonly pictures: boolean;
  readonly staging: Staging;
  readonly signal: AbortSignal;
  readonly onSamples: (done: number, total: number) => void;
  readonly onChannels: (done: number, total: number) => void;
}

/** One activation as `activations.json` has it. */
interface ActivationEntry {
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
  readonly samples: number;
  readonly top: number;
  readonly channels: readonly ChannelEntry[];
  readonly files: { readonly npy: string | null; readonly png: readonly string[] };
}

/** Pictures are drawn page by page, so that only one page of projections is held. */
const PER_PAGE = 24;

function chosen(
  all: readonly ChannelActivations[],
  choice: ChannelChoice,
): readonly ChannelActivations[] {
  if (choice.kind === 'listed') return choice.channels.map((channel) => all[channel]!);
  if (choice.kind === 'all') return all;
  const largest = ({ strongest }: ChannelActivations): number => strongest[0]?.value ?? 0;
  return all
    .filter(({ strongest }) => strongest.length > 0)
    .sort((a, b) => largest(b) - largest(a) || a.channel - b.channel)
    .slice(0, choice.count);
}

/** What was projected for one feature map. */
interface ProjectedChannel {
  readonly entry: ChannelEntry;
  readonly patches: readonly ActivationPatch[];
  readonly recipe: Recipe | undefined;
}

class ActivationsWriter {
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
    const { inputs, layer, model, explained } = this.#run;
    const values = await inputs.readEach(found.map(({ sample }) => sample));
    const target: LayerTarget = { layer, channel, position: 'max' };
    const explanation = await this.#explainer.explain(values, { target });
    const [{ name, shape }] = model.network.inputs as [Network['inputs'][number]];
    const layout = layoutOf(name, shape);
    const relevance = explanation.relevanceByInput[name]!;
    for (const [at, { sample }] of found.entries()) {
      const neuron = explanation.targets[at] as NeuronTarget;
      const field = receptiveField(explained, neuron).get(name) ?? nothing(shape.length - 1);
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
          relevance: pictured(relevance, at, layout),
          exponent,
          field,
          input: {
            values: pictured(values[name]!, at, layout),
            preprocessing: source.preprocessing === undefined ? undefined : model.preprocessing,
          },
        });
    }
    return explanation.recipe;
  }
}

/** A neuron that depends on nothing, behind padding alone. */
const nothing = (axes: number): Range[] => Array.from({ length: axes }, () => ({ from: 0, to: 0 }));

/** Finds what excites feature maps most, projects it back, and writes arrays and pictures into the staging folder.
 * @returns the document, and the names of all files but its own. */
export async function runActivations(
  run: ActivationsRun,
): Promise<{ document: ActivationsDocument; files: string[] }> {
  const { model, inputs, layer, top, method, backend, batch, staging, signal } = run;
  const all = await strongestActivations(model.network, inputs, {
    backend,
    layer,
    top,
    batch,
    signal,
    onProgress: run.onSamples,
  });
  const maps = chosen(all, run.channels);
  const rows = maps.reduce((total, { strongest }) => total + strongest.length, 0);
  const [input] = model.network.inputs as [Network['inputs'][number]];
  const npy = rows === 0 ? null : 'activations.npy';
  const files: string[] = npy === null ? [] : [npy];
  const array =
    npy === null
      ? undefined
      : await startArray(staging.path(npy), rows, input.shape.slice(1) as number[]);
  const explainer = await createExplainer(model.network, {
    backend,
    method: asChoice(method),
    patterns: run.patterns,
    start: run.start,
    plugins: model.plugins,
  });
  const writer = new ActivationsWriter(run, explainer, array);
  const entries: ChannelEntry[] = [];
  const pages: string[] = [];
  try {
    for (let from = 0; from < maps.length; from += PER_PAGE) {
      const page: ProjectedChannel[] = [];
      for (const own of maps.slice(from, from + PER_PAGE)) {
        signal.throwIfAborted();
        page.push(await writer.project(own));
        run.onChannels(entries.length + page.length, maps.length);
      }
      entries.push(...page.map(({ entry }) => entry));
      if (run.pictures) pages.push(...(await drawPage(run, page, from / PER_PAGE + 1, files)));
    }
  } finally {
    await explainer.dispose();
    await array?.close();
  }
  const document = {
    model: model.path,
    layer,
    method: method.id,
    parameters: method.parameters,
    start: run.start ?? method.start,
    backend: backend.id,
    samples: inputs.count,
    top,
    channels: entries,
    files: { npy, png: pages },
  };
  return { document, files };
}

/** A page of feature maps as PNG and SVG; the names of its pictures. Nothing where no sample excites any of them. */
async function drawPage(
  { model, layer, inputs, top, staging }: ActivationsRun,
  page: readonly ProjectedChannel[],
  number: number,
  files: string[],
): Promise<string[]> {
  const recipe = page.find((own) => own.recipe)?.recipe;
  if (!recipe) return [];
  const { nodeRenderer } = await import('@patternlens/heatmap/node');
  const renderer = await nodeRenderer();
  const [{ name, shape }] = model.network.inputs as [Network['inputs'][number]];
  const { png, page: drawn } = renderActivations(renderer, {
    title: `What excites the feature maps of ${layer}`,
    caption: `For each: the ${top === 1 ? 'strongest activation' : `${top} strongest activations, by rows,`} over ${counted(inputs.count, 'sample')}, projected back to the input; beside it the input itself. Both are cropped to the receptive field, and blank beyond the border.`,
    layer,
    layout: layoutOf(name, shape),
    recipe,
    top,
    groups: page.map(({ entry, patches }) => ({
      channel: entry.channel,
      note: noteOf(entry, top),
      patches,
    })),
  });
  const stem = number === 1 ? 'activations' : `activations-${number}`;
  await writeFile(staging.path(`${stem}.png`), png);
  await writeFile(staging.path(`${stem}.svg`), pageToSvg(drawn, renderer.family));
  files.push(`${stem}.png`, `${stem}.svg`);
  return [`${stem}.png`];
}

function noteOf({ strongest }: ChannelEntry, top: number): string {
  if (strongest.length === 0) return 'no sample excites it';
  const [first, last] = [strongest[0]!, strongest.at(-1)!].map(({ value }) => value.toPrecision(3));
  const values = strongest.length === 1 ? `value ${first!}` : `values ${first!} to ${last!}`;
  return strongest.length < top
    ? `${values}; ${counted(strongest.length, 'sample')} of ${top} excite it`
    : values;
}
