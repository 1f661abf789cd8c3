import {
  createExplainer,
  type Backend,
  type Explainer,
  type Network,
  type NeuronTarget,
  type Recipe,
  type Tensor,
} from '@patternlens/core';
import { createOccluder, type Occluder, type OcclusionMaps } from '@patternlens/core/neurons';
import { encodeNpy, sampleNumber, type InputLayout } from '@patternlens/data';
import { picturedSample, renderOcclusion, type PictureRenderer } from '@patternlens/heatmap';
import {
  type JoinedInputs,
  labelOf,
  type OpenedSource,
  preprocessingNote,
} from '@patternlens/explain/node';
import { stemsOf } from '../explain/file-names.js';
import type { OpenedModel } from '../models/open-model.js';
import { capitalised } from '../output/capitalised.js';
import type { Staging } from '../output/staging.js';

export interface OcclusionCommandRun {
  readonly model: OpenedModel;
  readonly inputs: JoinedInputs;
  readonly image: InputLayout;
  readonly layer: string;
  readonly size: number;
  readonly stride: number;
  readonly fill: readonly number[];
  readonly target?: number | undefined;
  readonly channel?: number | undefined;
  readonly backend: Backend;
  readonly batch: number;
  readonly pictures: boolean;
  readonly staging: Staging;
  readonly signal: AbortSignal;
  /** Squares done over all samples, where each sample has `total / samples` of them. */
  readonly onProgress: (done: number, total: number) => void;
}

interface Sight {
  readonly activation: number;
  readonly probability: number;
  readonly class: number;
  readonly label: string | null;
}

/** One sample as `occlusion.json` has it. Files are relative to the folder. */
export interface OcclusionEntry {
  readonly source: string;
  readonly index: number;
  readonly target: number;
  readonly label: string | null;
  readonly channel: number;
  /** Where the feature map is strongest without the square. */
  readonly position: readonly number[];
  readonly whole: Sight;
  /** Squares: `[from, to)` in pixels. */
  readonly rows: readonly (readonly [number, number])[];
  readonly columns: readonly (readonly [number, number])[];
  readonly files: Readonly<
    Record<'activation' | 'projection' | 'probability' | 'class', string>
  > & {
    readonly png: string | null;
  };
}

/** What one sample's files are made of. */
interface Seen {
  readonly maps: OcclusionMaps;
  readonly relevance: Tensor;
  readonly recipe: Recipe;
  readonly position: readonly number[];
}

/** Slides a square over every sample and writes maps and pictures into the staging folder.
 * @returns the entries of `occlusion.json`. */
export async function runOcclusion(run: OcclusionCommandRun): Promise<OcclusionEntry[]> {
  const { model, inputs, backend, layer, size, stride, fill, batch, pictures } = run;
  const { network } = model;
  const { nodeRenderer } = await import('@patternlens/heatmap/node');
  const renderer = pictures ? await nodeRenderer() : undefined;
  const options = { backend, layer, size, stride, fill, batch };
  await using occluder = await createOccluder(network, options);
  await using explainer = await createExplainer(network, { backend, method: 'deconvnet' });
  const entries: OcclusionEntry[] = [];
  const [{ name }] = network.inputs as [Network['inputs'][number]];
  const sources = inputs.samples.map((sample) => sample.sources.get(name)!);
  const stems = stemsOf(sources);
  for (const [at, { index }] of inputs.samples.entries()) {
    run.signal.throwIfAborted();
    const { [name]: values } = await inputs.read(at, 1);
    const seen = await look(run, occluder, explainer, values!, at);
    const source = sources[at]!;
    const stem = `${stems.get(source)!}${source.holdsSeveral ? `.${sampleNumber(index)}` : ''}.occlusion`;
    const written = await writeMaps(run.staging, stem, seen);
    const png = renderer ? await draw(run, renderer, stem, values!, source, seen) : null;
    entries.push(entryOf(run, seen, source, index, { ...written, png }));
  }
  return entries;
}

async function look(
  { layer, target, channel, signal, inputs, onProgress }: OcclusionCommandRun,
  occluder: Occluder,
  explainer: Explainer,
  values: Tensor,
  at: number,
): Promise<Seen> {
  const maps = await occluder.maps(values, {
    target,
    channel,
    signal,
    onProgress: (done, total) => {
      onProgress(at * total + done, inputs.count * total);
    },
  });
  const explanation = await explainer.explain(values, {
    samplesFirst: true,
    target: { layer, channel: maps.channel, position: 'max' },
  });
  return {
    maps,
    relevance: explanation.relevance,
    recipe: explanation.recipe,
    position: (explanation.targets[0] as NeuronTarget).position,
  };
}

async function writeMaps(staging: Staging, stem: string, { maps, relevance }: Seen) {
  const shape = [maps.rows.length, maps.columns.length];
  const arrays = {
    activation: { data: Float32Array.from(maps.activation), shape },
    projection: { data: Float32Array.from(relevance.data), shape: relevance.shape.slice(1) },
    probability: { data: Float32Array.from(maps.probability), shape },
    class: { data: Float32Array.from(maps.classes), shape },
  };
  const names = {
    activation: `${stem}.activation.npy`,
    projection: `${stem}.projection.npy`,
    probability: `${stem}.probability.npy`,
    class: `${stem}.class.npy`,
  };
  for (const [what, array] of Object.entries(arrays))
    await staging.write(names[what as keyof typeof names], encodeNpy(array));
  return names;
}

const classLabel = (model: OpenedModel, index: number): string | null =>
  labelOf(model.network, model.labels, index) ?? null;

const named = (model: OpenedModel, index: number): string => {
  const label = classLabel(model, index);
  return label === null ? `class ${index}` : `${label} (${index})`;
};

async function draw(
  { model, layer, size, stride, fill, image, staging }: OcclusionCommandRun,
  renderer: PictureRenderer,
  stem: string,
  values: Tensor,
  source: OpenedSource,
  { maps, relevance, recipe }: Seen,
): Promise<string> {
  const plane = (values: ArrayLike<number>) => ({
    values: Float64Array.from(values),
    width: maps.columns.length,
    height: maps.rows.length,
  });
  const { layout } = image;
  const [{ name }] = model.network.inputs as [Network['inputs'][number]];
  const axes = model.network.axes.get(name)!;
  const { png } = renderOcclusion(renderer, {
    title: `What a grey square hides: ${named(model, maps.target)}`,
    caption: `Square of ${size} x ${size} pixels, stride ${stride}, ${maps.rows.length} x ${maps.columns.length} positions, filled with ${fill.map((value) => Number(value.toPrecision(4))).join(', ')}. Without it: probability ${maps.whole.probability.toPrecision(3)}, most probable ${named(model, maps.whole.class)}, total activation ${maps.whole.activation.toPrecision(4)}.${source.preprocessing ? ` ${capitalised(preprocessingNote(source.preprocessing))}.` : ''}`,
    layout,
    layer,
    channel: maps.channel,
    input: {
      values: picturedSample(values, 0, axes).values,
      preprocessing: source.preprocessing?.values,
    },
    activation: plane(maps.activation),
    projection: { relevance: picturedSample(relevance, 0, axes).values, recipe },
    probability: plane(maps.probability),
    className: named(model, maps.target),
    classes: plane(maps.classes),
    nameOf: (index) => named(model, index),
  });
  await staging.write(`${stem}.png`, png);
  return `${stem}.png`;
}

function entryOf(
  { model }: OcclusionCommandRun,
  { maps, position }: Seen,
  source: OpenedSource,
  index: number,
  files: OcclusionEntry['files'],
): OcclusionEntry {
  const pairs = (ranges: OcclusionMaps['rows']) =>
    ranges.map(({ from, to }) => [from, to] as const);
  return {
    source: source.name,
    index,
    target: maps.target,
    label: classLabel(model, maps.target),
    channel: maps.channel,
    position,
    whole: { ...maps.whole, label: classLabel(model, maps.whole.class) },
    rows: pairs(maps.rows),
    columns: pairs(maps.columns),
    files,
  };
}
