import { suggestion } from '@patternlens/core';
import {
  parsePreprocessing,
  PREPROCESSING_PRESET_IDS,
  preprocessingHash,
  presetPreprocessing,
  type Preprocessing,
  type PreprocessingPresetId,
} from '@patternlens/data';
import { UsageError } from '../arguments/usage-error.js';
import { readBytes, statOf } from '../sources/file-bytes.js';

/** How pixels became the values of an input, as results have it. */
export interface UsedPreprocessing {
  /** The preset, the file, or `none`. */
  readonly name: string;
  readonly values: Preprocessing;
  readonly hash: string;
}

/** What was chosen for the images that a model is given. */
export interface PreprocessingChoice {
  readonly name: string;
  /** What it is for an input that takes images of so many pixels, which are asked for where they matter. */
  readonly forSize: (size: () => readonly [height: number, width: number]) => Preprocessing;
}

/** The name of what was not chosen. */
const NONE = 'none';

/** Nothing was chosen: pixels go in as they are. */
export const noPreprocessing: PreprocessingChoice = { name: NONE, forSize: () => ({}) };

/** What is said wherever images went in without a preprocessing. */
export const PIXELS_AS_THEY_ARE = 'pixels 0..255 as they are; see --preprocess';

/** What people have to know of a preprocessing: its name, or that there is none. */
export const preprocessingNote = ({ name }: UsedPreprocessing): string =>
  name === NONE ? PIXELS_AS_THEY_ARE : `preprocessing ${name}`;

export const hasNone = ({ name }: Pick<UsedPreprocessing, 'name'>): boolean => name === NONE;

export const filePreprocessing = (text: string, path: string): PreprocessingChoice => {
  const values = parsePreprocessing(text, path);
  return { name: path, forSize: () => values };
};

const isPreset = (name: string): name is PreprocessingPresetId =>
  (PREPROCESSING_PRESET_IDS as readonly string[]).includes(name);

/** What `--preprocess` names: a preset, or a file.
 * @throws UsageError for a name that is neither, with the nearest right one. */
export async function namedPreprocessing(name: string): Promise<PreprocessingChoice> {
  if (isPreset(name)) return { name, forSize: (size) => presetPreprocessing(name, size()) };
  if (/^[\w-]+$/.test(name)) {
    const there = await statOf(name).catch(() => undefined);
    if (there?.isFolder !== false)
      throw new UsageError(
        `--preprocess: there is no preset and no file "${name}". ${suggestion(name, PREPROCESSING_PRESET_IDS)}`,
      );
  }
  return filePreprocessing(new TextDecoder().decode(await readBytes(name)), name);
}

/** A choice as it is used for an input. */
export function usedPreprocessing(
  { name, forSize }: PreprocessingChoice,
  size: () => readonly [height: number, width: number],
): UsedPreprocessing {
  const values = forSize(size);
  return { name, values, hash: preprocessingHash(values) };
}
