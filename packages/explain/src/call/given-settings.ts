import { PatternLensError } from '@patternlens/core';
import { type BytesInput, described, isPlace } from '@patternlens/core/arguments';
import { heldFile } from '../files/held-files.js';
import { textOf } from '../files/named-file.js';
import { type LabelNames, namesOf } from '../models/parse-labels.js';
import {
  filePreprocessing,
  givenPreprocessing,
  namedPreprocessing,
  type PreprocessingChoice,
} from '../models/preprocessing-choice.js';
import { isBytes, isRecord } from './given-files.js';
import type { Platform } from './platform.js';

/** Labels as they may be handed in. */
export type GivenLabels = readonly string[] | BytesInput;

function invalid(sentence: string): never {
  throw new PatternLensError('explain', 'invalid-argument', sentence);
}

/** How pixels become inputs, where that was said.
 * @throws PatternLensError naming the file, or the option. */
export async function preprocessingOf(
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

/** Class names, where some were handed in.
 * @throws PatternLensError naming the file, or the option. */
export async function labelsOf(
  given: unknown,
  { places }: Platform,
): Promise<LabelNames | undefined> {
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
