import {
  parsePreprocessing,
  PREPROCESSING_PRESET_IDS,
  preprocessingHash,
  presetPreprocessing,
  type Preprocessing,
} from '@patternlens/data';
import { messageOf } from '@patternlens/core';
import { CallFailure } from '../compute/call-failure.js';
import type { ModelFacts } from '../compute/model-facts.js';
import { fileName, type GivenFile } from './given-file.js';
import { modelImageSize } from './model-takes.js';
import type { ChosenPreprocessing } from './open-state.js';
import { teachableMetadata, type TeachableMetadata } from './teachable-metadata.js';

/** A preprocessing by its values. */
export const chosenPreprocessing = (name: string, values: Preprocessing): ChosenPreprocessing => ({
  name,
  values,
  hash: preprocessingHash(values),
});

/** What values are called: the preset that they are, as the command takes it, else a file of the model's name, which can be saved. */
export function nameOfValues(values: Preprocessing, facts: ModelFacts): string {
  const size = modelImageSize(facts);
  const hash = preprocessingHash(values);
  const preset = PREPROCESSING_PRESET_IDS.find(
    (id) => size && preprocessingHash(presetPreprocessing(id, size)) === hash,
  );
  return preset ?? `${facts.name}.preprocess.json`;
}

/** Reads a preprocessing file.
 * @throws PatternLensError `invalid-file` naming the key. */
export async function preprocessingOf({ path, content }: GivenFile): Promise<ChosenPreprocessing> {
  const name = fileName(path);
  return chosenPreprocessing(name, parsePreprocessing(await content.text(), name));
}

/** Reads what Teachable Machine wrote beside a model.
 * @throws CallFailure where it can't be read. */
export async function metadataOf({ path, content }: GivenFile): Promise<TeachableMetadata> {
  try {
    return teachableMetadata(await content.text());
  } catch (cause) {
    throw new CallFailure({
      code: 'invalid-file',
      sentence: `${fileName(path)} can't be read: ${messageOf(cause)}.`,
      subject: { file: path },
    });
  }
}
