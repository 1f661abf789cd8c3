import { readIdxLabels } from '@patternlens/data';
import { blobSource } from './blob-source.js';
import { openOwnArray } from './open-own-array.js';

/** What is known of a file of samples before any is read. */
export interface ArrayFacts {
  readonly count: number;
  /** One sample, without the batch. */
  readonly shape: readonly number[];
  /** Raw pixels, which preprocessing applies to; else values as the model takes them. */
  readonly pixels: boolean;
  /** The class of every sample, where the file holds it. */
  readonly labels?: Uint8Array | undefined;
}

/** Opens a file of samples.
 * @throws PatternLensError naming the file and what is wrong with it. */
export async function arrayFacts(
  name: string,
  content: Blob,
  batchAxis?: number,
): Promise<ArrayFacts> {
  const { count, shape, pixels, labels } = await openOwnArray(name, content, batchAxis);
  return { count, shape, pixels, labels };
}

/** The labels of an IDX file.
 * @throws PatternLensError naming the file and what is wrong with it. */
export const idxLabels = (name: string, content: Blob): Promise<Uint8Array> =>
  readIdxLabels(name, blobSource(content));
