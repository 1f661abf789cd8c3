import { joinTensors, type SampleSource, type TensorRecord } from '@patternlens/core';
import { UsageError } from '../arguments/usage-error.js';
import type { OpenedModel } from '../models/open-model.js';
import type { UsedPreprocessing } from '../models/preprocessing-choice.js';
import { counted } from '../output/counted.js';
import type { OpenedSource } from './opened-source.js';
import { joinSources, openSource } from './open-source.js';

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

/** How many samples are wanted of sources. */
export interface SamplesWanted {
  /** Of a source that has no end of its own, where no limit says otherwise. */
  readonly generated: number;
  readonly limit?: number | undefined;
  /** Told what of a folder is left out. */
  readonly say?: ((line: string) => void) | undefined;
}

/** Opens the sources of every input and puts their samples side by side.
 * @throws UsageError where inputs have different numbers of samples. */
export async function joinInputs(
  model: OpenedModel,
  sources: ReadonlyMap<string, readonly string[]>,
  { generated, limit, say }: SamplesWanted,
): Promise<JoinedInputs> {
  const opened = await Promise.all(
    model.network.inputs.map(async ({ name, shape, batchAxis }) => {
      const options = {
        inputShape: shape,
        batchAxis,
        axes: model.network.axes.get(name)!,
        preprocessing: model.preprocessing,
        generated: limit ?? generated,
        say,
      };
      const all = await Promise.all(sources.get(name)!.map((text) => openSource(text, options)));
      return [name, joinSources(all.flat(), limit)] as const;
    }),
  );
  const [first, ...others] = opened;
  const different = others.find(([, joined]) => joined.count !== first![1].count);
  if (different)
    throw new UsageError(
      `input "${different[0]}" has ${counted(different[1].count, 'sample')}, "${first![0]}" has ${first![1].count}. They must be as many.`,
    );
  const count = first![1].count;
  return {
    count,
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
