import {
  fitPatterns,
  type FitOptions,
  type PatternSet,
  type ResolvedNetwork,
  writePatterns,
} from '@patternlens/core';
import { checkOptions, expects, type OptionKinds } from '@patternlens/core/arguments';
import {
  imagesPreprocessing,
  preprocessingEntry,
  type PreprocessingEntry,
} from '../sources/images-preprocessing.js';
import {
  type GivenImages,
  type GivenModel,
  MODEL_IMAGE_KINDS,
  type ModelImageOptions,
} from './model-options.js';
import { openCall } from './open-call.js';
import type { Platform } from './platform.js';
import { useBackend, type UsedBackend } from './used-backend.js';

/** How patterns are fitted on images. */
export interface FitImagesOptions
  extends
    ModelImageOptions,
    Pick<FitOptions, 'estimators' | 'memory' | 'onProgress' | 'withoutMoments'> {}

/** Fitted patterns, and what was done to fit them. */
export interface FittedImages {
  readonly patterns: PatternSet;
  /** The pattern file (safetensors), as `patternlens fit` writes it. */
  readonly file: Uint8Array;
  readonly backend: UsedBackend;
  readonly preprocessing: PreprocessingEntry;
  readonly network: ResolvedNetwork;
  /** What else is to be known, a sentence each. */
  readonly notes: readonly string[];
}

const KINDS: OptionKinds<FitImagesOptions> = {
  ...MODEL_IMAGE_KINDS,
  estimators: expects.list,
  memory: expects.between(0, Infinity),
  onProgress: expects.call,
  withoutMoments: expects.flag,
};

async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  const file = new Uint8Array(all.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const piece of all) {
    file.set(piece, at);
    at += piece.length;
  }
  return file;
}

/** Fits patterns on images where it runs. */
export async function fitImagesOn(
  platform: Platform,
  model: GivenModel,
  images: GivenImages,
  options: FitImagesOptions = {},
): Promise<FittedImages> {
  checkOptions('explain', 'fitImages', options, KINDS);
  const opened = await openCall(platform, { model, images }, options);
  const { inputs } = opened;
  const { network } = opened.model;
  await using computing = await useBackend(options.backend, platform);
  const { estimators, memory, onProgress, withoutMoments, signal } = options;
  const patterns = await fitPatterns(network, inputs, {
    backend: computing.backend,
    ...{ estimators, memory, onProgress, withoutMoments, signal },
    preprocessing: imagesPreprocessing(inputs)?.hash,
  });
  return {
    patterns,
    file: await joined(writePatterns(patterns)),
    backend: await computing.used(),
    preprocessing: preprocessingEntry(inputs),
    network,
    notes: [...opened.notes, ...computing.notes],
  };
}
