import type { Tensor } from '@patternlens/core';
import type { ModelFacts } from '../compute/model-facts.js';
import type { App } from '../state/app.js';
import type { SampleSet } from '../state/samples.js';
import { fileName, stemOf } from './given-file.js';
import type { ChosenPreprocessing } from './open-state.js';
import { isPixels, samplesOf, type OwnSource } from './own-source.js';

type Input = ModelFacts['inputs'][number];

/** What own samples are made with. */
export interface OwnSetOptions {
  readonly preprocessing: ChosenPreprocessing | undefined;
  readonly labels: readonly string[] | undefined;
}

async function readTensor(
  app: App,
  source: OwnSource,
  { shape, axes, batchAxis }: Input,
  { index, preprocessing }: { index: number; preprocessing: ChosenPreprocessing | undefined },
): Promise<Tensor> {
  return app.engine.files().call('readSample', {
    kind: source.array ? 'array' : 'image',
    name: fileName(source.path),
    content: source.content,
    index,
    input: { shape, axes, batchAxis },
    preprocessing: preprocessing?.values ?? {},
  });
}

const nameOf =
  (source: OwnSource, labels: readonly string[] | undefined) =>
  (index: number): string => {
    const { array } = source;
    if (!array) return fileName(source.path);
    const label = array.labels?.[index];
    const shown = label === undefined ? '' : `: ${labels?.[label] ?? `class ${label}`}`;
    return `${stemOf(source.path)} ${index}${shown}`;
  };

/** A file of a model with one input, as samples. */
export function ownSet(
  app: App,
  source: OwnSource,
  input: Input,
  { preprocessing, labels }: OwnSetOptions,
): SampleSet {
  const used = isPixels(source) ? preprocessing : undefined;
  return {
    key: JSON.stringify([source.key, used?.hash ?? null]),
    source: source.path,
    stem: stemOf(source.path),
    single: !source.array,
    count: samplesOf(source),
    nameOf: nameOf(source, labels),
    read: async (index) => ({
      inputs: {
        [input.name]: await readTensor(app, source, input, { index, preprocessing: used }),
      },
    }),
    ...(used ? { preprocessing: used } : {}),
  };
}

/** Files of a model with several inputs, side by side. */
export function joinedSet(
  app: App,
  sources: ReadonlyMap<string, OwnSource>,
  inputs: readonly Input[],
  { preprocessing, labels }: OwnSetOptions,
): SampleSet {
  const all = inputs.map((input) => ({ input, source: sources.get(input.name)! }));
  const first = all[0]!.source;
  const hasPixels = all.some(({ source }) => isPixels(source));
  const used = hasPixels ? preprocessing : undefined;
  return {
    key: JSON.stringify([all.map(({ source }) => source.key), used?.hash ?? null]),
    source: all.map(({ input, source }) => `${input.name}=${source.path}`).join(','),
    sourcesByInput: Object.fromEntries(all.map(({ input, source }) => [input.name, source.path])),
    stem: stemOf(first.path),
    single: all.every(({ source }) => !source.array),
    count: Math.min(...all.map(({ source }) => samplesOf(source))),
    nameOf: nameOf(first, labels),
    read: async (index) => {
      const tensors = await Promise.all(
        all.map(({ input, source }) =>
          readTensor(app, source, input, {
            index,
            preprocessing: isPixels(source) ? preprocessing : undefined,
          }),
        ),
      );
      return { inputs: Object.fromEntries(all.map(({ input }, at) => [input.name, tensors[at]!])) };
    },
    ...(used ? { preprocessing: used } : {}),
  };
}
