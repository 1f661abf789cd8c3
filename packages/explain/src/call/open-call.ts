import { type Network, PatternLensError, resolveNetwork } from '@patternlens/core';
import { described, isPlace, NETWORK } from '@patternlens/core/arguments';
import { heldFile } from '../files/held-files.js';
import type { NamedFile } from '../files/named-file.js';
import { openModel, type OpenModelOptions, type ReadyModel } from '../models/open-model.js';
import { classLabels } from '../models/parse-labels.js';
import { noPreprocessing, PIXELS_AS_THEY_ARE } from '../models/preprocessing-choice.js';
import { pixelsAsTheyAre } from '../sources/images-preprocessing.js';
import { joinInputs, type JoinedInputs } from '../sources/joined-inputs.js';
import { openFile, sampleShapeOf } from '../sources/open-file.js';
import { filesByPath, isBytes, modelAmong } from './given-files.js';
import { labelsOf, preprocessingOf } from './given-settings.js';
import { imagesByName, imagesFor } from './images-by-input.js';
import type { ModelImageOptions } from './model-options.js';
import type { Platform } from './platform.js';

/** A model and its images, ready to be explained or fitted on. */
export interface OpenedCall {
  readonly model: ReadyModel;
  readonly inputs: JoinedInputs;
  /** What is to be known of how they were read, a sentence each. */
  readonly notes: readonly string[];
}

function invalid(sentence: string): never {
  throw new PatternLensError('explain', 'invalid-argument', sentence);
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
