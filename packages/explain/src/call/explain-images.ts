import { checkMethod, type PatternSet, type ResolvedNetwork } from '@patternlens/core';
import { type BytesInput, checkOptions, isPlace, PATTERNS } from '@patternlens/core/arguments';
import { pageToSvg, type PictureRenderer } from '@patternlens/heatmap';
import { checkPreprocessing } from '../explain/check-preprocessing.js';
import { drawSample } from '../explain/draw-sample.js';
import { type ExplainedSample, explainSamples } from '../explain/explain-samples.js';
import { heldFile } from '../files/held-files.js';
import { openPatterns } from '../models/open-patterns.js';
import { preprocessingEntry, type PreprocessingEntry } from '../sources/images-preprocessing.js';
import { chosenMethods } from './chosen-methods.js';
import { chosenTarget } from './chosen-target.js';
import { EXPLAIN_IMAGES_KINDS, type ExplainImagesOptions } from './explain-options.js';
import type { GivenImages, GivenModel } from './model-options.js';
import { openCall, type OpenedCall } from './open-call.js';
import type { Platform } from './platform.js';
import { type ImageMap, relevanceMap, type RelevanceMap } from './relevance-map.js';
import { useBackend, type UsedBackend } from './used-backend.js';

/** Maps, and what was done to make them. */
export interface ExplainedImages<M extends RelevanceMap = ImageMap> {
  /** Of every method in turn, a map of each image. */
  readonly maps: readonly M[];
  readonly backend: UsedBackend;
  /** How pixels became inputs: name, values and hash; null where no input is an image, by input name where inputs differ in it. */
  readonly preprocessing: PreprocessingEntry;
  /** The network that was explained; its `changes` say what was done to it, its `fileOutputs` which output was explained. */
  readonly network: ResolvedNetwork;
  /** What else is to be known, a sentence each: files that were left out, runtimes that were not there, images without preprocessing. */
  readonly notes: readonly string[];
}

async function patternsOf(
  given: ExplainImagesOptions['patterns'],
  { places }: Platform,
): Promise<PatternSet | undefined> {
  const held = await given;
  if (held === undefined || PATTERNS.accepts(held)) return held as PatternSet | undefined;
  const file = held as Awaited<BytesInput>;
  return openPatterns(isPlace(file) ? places.fileAt(file) : await heldFile(file, 'patterns'));
}

/** A sample as numbers, and as pictures where there is something to draw with. */
function mapOf(
  { model }: OpenedCall,
  sample: ExplainedSample,
  renderer: PictureRenderer | undefined,
  { svg = false, crop = true, look }: ExplainImagesOptions,
): RelevanceMap | ImageMap {
  const numbers = relevanceMap(model, sample);
  if (!renderer) return numbers;
  const figures = [...drawSample(model, renderer, sample, { crop, look })];
  const pngByInput = Object.fromEntries(figures.map(([input, { png }]) => [input, png]));
  const svgByInput = svg
    ? Object.fromEntries(
        figures.map(([input, { page }]) => [input, pageToSvg(page, renderer.family)]),
      )
    : undefined;
  const [first] = figures[0]!;
  const pictures = { png: pngByInput[first]!, pngByInput };
  return svgByInput
    ? { ...numbers, ...pictures, svg: svgByInput[first]!, svgByInput }
    : { ...numbers, ...pictures };
}

/** Explains images where it runs: everything that can be checked is checked before a runtime is loaded. */
export async function explainImagesOn(
  platform: Platform,
  model: GivenModel,
  images: GivenImages,
  options: ExplainImagesOptions,
): Promise<ExplainedImages<RelevanceMap | ImageMap>> {
  checkOptions('explain', 'explainImages', options, EXPLAIN_IMAGES_KINDS);
  const { labels, start, signal, batch = 8, pictures = true } = options;
  const opened = await openCall(platform, { model, images, labels }, options);
  const { inputs } = opened;
  const { network } = opened.model;
  const patterns = await patternsOf(options.patterns, platform);
  const target = chosenTarget(options.target ?? 'top', opened.model, inputs.count);
  const methods = chosenMethods(options.method, opened.model, inputs);
  for (const method of methods) checkMethod(network, { method, patterns, start });
  if (patterns) checkPreprocessing(patterns, inputs);
  const renderer = pictures ? (options.renderer ?? (await platform.renderer())) : undefined;
  await using computing = await useBackend(options.backend, platform);
  const { backend } = computing;
  const maps: (RelevanceMap | ImageMap)[] = [];
  const total = methods.length * inputs.count;
  for (const [place, method] of methods.entries()) {
    const id = typeof method === 'string' ? method : method.id;
    const onProgress = (done: number): void =>
      options.onProgress?.({ method: id, done: place * inputs.count + done, total });
    const shared = { model: opened.model, inputs, patterns, target, start, batch, signal };
    for await (const sample of explainSamples({ ...shared, method, backend, onProgress }))
      maps.push(mapOf(opened, sample, renderer, options));
  }
  return {
    maps,
    backend: await computing.used(),
    preprocessing: preprocessingEntry(inputs),
    network,
    notes: [...opened.notes, ...computing.notes],
  };
}

/** `explainImages` with its docstring's types: with pictures, or with numbers alone. */
export interface ExplainImages {
  (
    model: GivenModel,
    images: GivenImages,
    options: ExplainImagesOptions & { readonly pictures: false },
  ): Promise<ExplainedImages<RelevanceMap>>;
  (model: GivenModel, images: GivenImages, options: ExplainImagesOptions): Promise<ExplainedImages>;
}
