import { PatternLensError, resolveNetwork } from '@patternlens/core';
import { type BytesInput, described, isPlace, NETWORK } from '@patternlens/core/arguments';
import type { Network } from '@patternlens/core';
import { heldFile } from '../files/held-files.js';
import { type NamedFile, textOf } from '../files/named-file.js';
import { openModel, type OpenModelOptions, type ReadyModel } from '../models/open-model.js';
import { classLabels, type LabelNames, namesOf } from '../models/parse-labels.js';
import {
  filePreprocessing,
  givenPreprocessing,
  namedPreprocessing,
  noPreprocessing,
  PIXELS_AS_THEY_ARE,
  type PreprocessingChoice,
} from '../models/preprocessing-choice.js';
import { pixelsAsTheyAre } from '../sources/images-preprocessing.js';
import { joinInputs, type JoinedInputs } from '../sources/joined-inputs.js';
import { openFile, sampleShapeOf } from '../sources/open-file.js';
import { filesByPath, imagesOf, isBytes, isRecord, modelAmong } from './given-files.js';
import type { ModelImageOptions } from './model-options.js';
import type { FoundFiles, Platform } from './platform.js';

/** A model and its images, ready to be explained or fitted on. */
export interface OpenedCall {
  readonly model: ReadyModel;
  readonly inputs: JoinedInputs;
  /** What is to be known of how they were read, a sentence each. */
  readonly notes: readonly string[];
}

/** Labels as they may be handed in. */
export type GivenLabels = readonly string[] | BytesInput;

function invalid(sentence: string): never {
  throw new PatternLensError('explain', 'invalid-argument', sentence);
}

async function preprocessingOf(
  given: unknown,
  { places }: Platform,
): Promise<PreprocessingChoice | undefined> {
  const held: unknown = await given;
  if (held === undefined) return undefined;
  if (typeof held === 'string') return namedPreprocessing(held, places);
  if (isPlace(held)) return filePreprocessing(places.fileAt(held));
  if (isBytes(held)) return filePreprocessing(await heldFile(held, 'preprocess'));
  return isRecord(held)
    ? givenPreprocessing(held)
    : invalid(`preprocess: expected a preset, a file or an object, got ${described(held)}.`);
}

async function labelsOf(given: unknown, { places }: Platform): Promise<LabelNames | undefined> {
  const held: unknown = await given;
  if (held === undefined) return undefined;
  if (Array.isArray(held)) {
    const wrong: unknown = held.find((name) => typeof name !== 'string');
    if (wrong !== undefined) invalid(`labels: expected names, got ${described(wrong)} among them.`);
    return { about: 'labels', names: held as readonly string[] };
  }
  if (!isBytes(held)) return invalid(`labels: expected names or a file, got ${described(held)}.`);
  const file = isPlace(held) ? places.fileAt(held) : await heldFile(held, 'labels');
  return namesOf(await textOf(file), file.name);
}

/** The file of a model that was not read yet. */
async function modelFileOf(given: unknown, { places }: Platform): Promise<NamedFile> {
  if (isPlace(given)) return places.modelAt(given);
  if (isBytes(given)) return heldFile(given, 'model');
  const files = filesByPath(given);
  return files
    ? modelAmong(files)
    : invalid(
        `model: expected a model file (a path, an address, bytes, a Response, a Blob or a File), all files of a model, or a network, got ${described(given)}.`,
      );
}

/** Images by input name where they were handed in so, else under the empty name. */
async function imagesByName(
  given: unknown,
  platform: Platform,
): Promise<ReadonlyMap<string, FoundFiles>> {
  const held: unknown = await given;
  if (isBytes(held) || !isRecord(held) || Symbol.iterator in held)
    return new Map([['', await imagesOf(held, platform, 'images')]]);
  const byName = Object.entries(held).map(
    async ([name, images]) =>
      [name, await imagesOf(images, platform, `images of input "${name}"`)] as const,
  );
  return new Map(await Promise.all(byName));
}

/** The images of one input.
 * @throws PatternLensError `invalid-argument` where it has none, or images are for no input. */
function imagesFor(
  { inputs, unusedInputs = [] }: Network,
  images: ReadonlyMap<string, FoundFiles>,
): (input: string) => readonly NamedFile[] {
  const names = inputs.map(({ name }) => name);
  const plain = images.get('');
  const written = `{ ${names.map((name) => `"${name}": ...`).join(', ')} }`;
  if (plain && names.length > 1)
    invalid(`images: the network has ${names.length} inputs. Write ${written}.`);
  const unknown = [...images.keys()].find(
    (name) => name !== '' && !names.includes(name) && !unusedInputs.includes(name),
  );
  if (unknown !== undefined)
    invalid(`images: the network has no input "${unknown}". Write ${written}.`);
  return (input) =>
    (plain ?? images.get(input))?.files ??
    invalid(`images: the network's input "${input}" has none. Write ${written}.`);
}

async function readyModel(
  given: unknown,
  options: OpenModelOptions,
  platform: Platform,
): Promise<ReadyModel & { readonly notes: readonly string[] }> {
  const held: unknown = await given;
  if (!NETWORK.accepts(held)) return openModel(await modelFileOf(held, platform), options);
  const { output, keepOutput, plugins, labels, preprocessing = noPreprocessing } = options;
  const network = resolveNetwork(held as Network, { output, keepOutput, plugins });
  return {
    network,
    preprocessing,
    labels: labels && classLabels(labels, network),
    notes: [],
  };
}

/** Opens a model and its images.
 * @throws PatternLensError naming what is wrong with them. */
export async function openCall(
  platform: Platform,
  given: { readonly model: unknown; readonly images: unknown; readonly labels?: unknown },
  options: ModelImageOptions,
): Promise<OpenedCall> {
  const images = await imagesByName(given.images, platform);
  const model = await readyModel(
    given.model,
    {
      ...{ output: options.output, keepOutput: options.keepOutput },
      ...{ shapes: options.shapes, plugins: options.plugins },
      preprocessing: await preprocessingOf(options.preprocess, platform),
      labels: await labelsOf(given.labels, platform),
      shapeOfData: async (input) => {
        const [first] = (images.get(input) ?? images.get(''))?.files ?? [];
        return first && sampleShapeOf(first);
      },
    },
    platform,
  );
  const { network, preprocessing } = model;
  const filesOf = imagesFor(network, images);
  const { decoder = platform.decoder } = options;
  const opened = network.inputs.map(async ({ name, shape, batchAxis }) => {
    const axes = network.axes.get(name)!;
    const source = { inputShape: shape, batchAxis, axes, preprocessing, decoder };
    return [name, await Promise.all(filesOf(name).map((file) => openFile(file, source)))] as const;
  });
  const inputs = joinInputs(await Promise.all(opened), options.limit);
  const plainPixels = pixelsAsTheyAre(inputs);
  return {
    model,
    inputs,
    notes: [
      ...model.notes,
      ...[...images.values()].flatMap(({ leftOut = [] }) => leftOut),
      ...(plainPixels > 0
        ? [`images: ${PIXELS_AS_THEY_ARE.replace('--preprocess', 'preprocess')}`]
        : []),
    ],
  };
}
