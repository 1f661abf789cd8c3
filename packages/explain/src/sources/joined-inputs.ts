import {
  joinTensors,
  PatternLensError,
  type SampleSource,
  type TensorRecord,
} from '@patternlens/core';
import type { UsedPreprocessing } from '../models/preprocessing-choice.js';
import { joinSources } from './join-sources.js';
import type { OpenedSource } from './opened-source.js';

/** One sample of a network of any number of inputs: where each input's values come from. */
export interface JoinedSample {
  /** By input name. */
  readonly sources: ReadonlyMap<string, OpenedSource>;
  /** Its place in its source. */
  readonly index: number;
}

/** The samples of all inputs side by side. */
export interface JoinedInputs extends SampleSource {
  readonly samples: readonly JoinedSample[];
  readonly read: (first: number, count: number) => Promise<TensorRecord>;
  /** Samples from anywhere, in the order given. */
  readonly readEach: (samples: readonly number[]) => Promise<TensorRecord>;
  /** The preprocessing of images among each input's sources; undefined where all of them are in model space. */
  readonly preprocessing: ReadonlyMap<string, UsedPreprocessing | undefined>;
}

/** Puts the samples of every input side by side.
 * @param sources Of each input, by its name.
 * @param limit Samples in all.
 * @throws PatternLensError `invalid-argument` where inputs have different numbers of samples. */
export function joinInputs(
  sources: readonly (readonly [input: string, sources: readonly OpenedSource[]])[],
  limit?: number,
): JoinedInputs {
  const opened = sources.map(([name, all]) => [name, joinSources(all, limit)] as const);
  const [first, ...others] = opened;
  const different = others.find(([, joined]) => joined.count !== first![1].count);
  if (different) {
    const { count } = different[1];
    throw new PatternLensError(
      'explain',
      'invalid-argument',
      `input "${different[0]}" has ${count} ${count === 1 ? 'sample' : 'samples'}, "${first![0]}" has ${first![1].count}. They must be as many.`,
    );
  }
  return {
    count: first![1].count,
    samples: first![1].places.map(({ index }, at) => ({
      index,
      sources: new Map(opened.map(([name, joined]) => [name, joined.places[at]!.source])),
    })),
    preprocessing: new Map(
      opened.map(([name, { places }]) => [
        name,
        places.map(({ source }) => source.preprocessing).find((used) => used !== undefined),
      ]),
    ),
    read: async (from, samples) =>
      Object.fromEntries(
        await Promise.all(
          opened.map(async ([name, joined]) => [name, await joined.read(from, samples)] as const),
        ),
      ),
    readEach: async (samples) =>
      Object.fromEntries(
        await Promise.all(
          opened.map(async ([name, joined]) => {
            const parts = await Promise.all(samples.map((sample) => joined.read(sample, 1)));
            return [name, joinTensors(parts)] as const;
          }),
        ),
      ),
  };
}
