import { hasNone, type UsedPreprocessing } from '../models/preprocessing-choice.js';
import type { JoinedInputs } from './joined-inputs.js';

type Preprocessed = Pick<JoinedInputs, 'preprocessing' | 'samples'>;

/** The preprocessing of the images among the samples, of the first input that has some; undefined where there are none. */
export const imagesPreprocessing = ({
  preprocessing,
}: Pick<JoinedInputs, 'preprocessing'>): UsedPreprocessing | undefined =>
  [...preprocessing.values()].find((used) => used !== undefined);

/** What results say of it: null where no source is an image; by input where inputs differ in it. */
export type PreprocessingEntry =
  UsedPreprocessing | Readonly<Record<string, UsedPreprocessing | null>> | null;

/** The preprocessing of images as results have it. */
export function preprocessingEntry(
  inputs: Pick<JoinedInputs, 'preprocessing'>,
): PreprocessingEntry {
  const first = imagesPreprocessing(inputs);
  if (!first) return null;
  const isSame = [...inputs.preprocessing.values()].every(
    (used) => used === undefined || used.hash === first.hash,
  );
  return isSame
    ? first
    : Object.fromEntries([...inputs.preprocessing].map(([name, used]) => [name, used ?? null]));
}

/** How many of the samples are images that go in without a preprocessing, which is never guessed. */
export function pixelsAsTheyAre(inputs: Preprocessed): number {
  const used = imagesPreprocessing(inputs);
  if (used === undefined || !hasNone(used)) return 0;
  return inputs.samples.filter(({ sources }) =>
    [...sources.values()].some(({ preprocessing }) => preprocessing !== undefined),
  ).length;
}
