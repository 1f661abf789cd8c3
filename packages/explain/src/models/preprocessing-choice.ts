import { PatternLensError, suggestion } from '@patternlens/core';
import {
  checkPreprocessing,
  parsePreprocessing,
  PREPROCESSING_PRESET_IDS,
  preprocessingHash,
  presetPreprocessing,
  type Preprocessing,
  type PreprocessingPresetId,
} from '@patternlens/data';
import { type NamedFile, textOf } from '../files/named-file.js';

/** How pixels became the values of an input, as results have it. */
export interface UsedPreprocessing {
  /** The preset, the file, `object` for what was handed in itself, or `none`. */
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

/** What is said wherever images went in without a preprocessing; pictures have it in the words of the command. */
export const PIXELS_AS_THEY_ARE = 'pixels 0..255 as they are; see --preprocess';

/** What people have to know of a preprocessing: its name, or that there is none. */
export const preprocessingNote = ({ name }: UsedPreprocessing): string =>
  name === NONE ? PIXELS_AS_THEY_ARE : `preprocessing ${name}`;

export const hasNone = ({ name }: Pick<UsedPreprocessing, 'name'>): boolean => name === NONE;

/** What a file says.
 * @throws PatternLensError `invalid-file` naming the file and the key. */
export async function filePreprocessing(file: NamedFile): Promise<PreprocessingChoice> {
  const values = parsePreprocessing(await textOf(file), file.name);
  return { name: file.name, forSize: () => values };
}

/** What an object says.
 * @throws PatternLensError `invalid-file` naming the key. */
export function givenPreprocessing(given: object): PreprocessingChoice {
  const values = checkPreprocessing(given);
  return { name: 'object', forSize: () => values };
}

const isPreset = (name: string): name is PreprocessingPresetId =>
  (PREPROCESSING_PRESET_IDS as readonly string[]).includes(name);

/** What a name means: a preset, or a file. A word that is no path is a file only where there is one.
 * @param option What errors call the option.
 * @throws PatternLensError `invalid-argument` for a name that is neither, with the nearest right one. */
export async function namedPreprocessing(
  name: string,
  { fileAt, isFile }: NamedPlaces,
  option = 'preprocess',
): Promise<PreprocessingChoice> {
  if (isPreset(name)) return { name, forSize: (size) => presetPreprocessing(name, size()) };
  if (/^[\w-]*$/.test(name) && !(await isFile(name)))
    throw new PatternLensError(
      'explain',
      'invalid-argument',
      `${option}: there is no preset and no file "${name}". ${suggestion(name, PREPROCESSING_PRESET_IDS)}`,
    );
  return filePreprocessing(fileAt(name));
}

/** How files are found by their names. */
export interface NamedPlaces {
  readonly fileAt: (path: string) => NamedFile;
  /** Whether there is such a file, where looking asks nothing of a network; false where it would. */
  readonly isFile: (path: string) => Promise<boolean>;
}

/** A choice as it is used for an input. */
export function usedPreprocessing(
  { name, forSize }: PreprocessingChoice,
  size: () => readonly [height: number, width: number],
): UsedPreprocessing {
  const values = forSize(size);
  return { name, values, hash: preprocessingHash(values) };
}
