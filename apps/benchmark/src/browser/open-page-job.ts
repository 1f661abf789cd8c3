import {
  chooseMethod,
  fitPatterns,
  PatternLensError,
  resolveNetwork,
  type TensorRecord,
} from '@patternlens/core';
import { resolveMethod } from '@patternlens/core/tracing';
import { referenceBackend } from '@patternlens/reference';
import { samplesOf } from '../engine/sample-of.js';
import type { GivenFile } from './given-file.js';
import { collectModel } from './model-files.js';
import { readSamples } from './read-samples.js';
import type { OpenedJob } from './sent-job.js';
import { sortFiles } from './sort-files.js';

/** What a person chose. */
export interface PageChoice {
  /** A model and samples; the bundled network and generated samples where they are missing. */
  readonly files: readonly File[];
  readonly methods: readonly string[];
  readonly batches: readonly number[];
  readonly compared: number;
  readonly fitted: number;
}

async function fetchBundled(address: string): Promise<GivenFile> {
  const response = await fetch(address);
  if (response.ok) return { name: 'default', arrayBuffer: () => response.arrayBuffer() };
  throw new PatternLensError(
    'benchmark',
    'invalid-file',
    `the bundled network was not found at ${address}. Choose a model file.`,
  );
}

/** Reads what was chosen, and fits the patterns that methods need, once, by the reference.
 * @param bundled Address of the bundled network.
 * @throws PatternLensError naming the file. */
export async function openPageJob(
  choice: PageChoice,
  bundled: string,
  say: (text: string) => void,
): Promise<OpenedJob> {
  say('Reading the model');
  const sorted = await sortFiles(choice.files);
  const { format, file } = sorted.model ?? { format: 'onnx', file: await fetchBundled(bundled) };
  const { files: model, network, left } = await collectModel(format, file, sorted.others);
  const { axes } = resolveNetwork(network);
  const { batches, compared, fitted } = choice;
  const wanted = Math.max(...batches, compared, fitted);
  say('Reading the samples');
  const { names, values, preprocessing } = await readSamples(
    network,
    axes,
    { ...sorted, arrays: left },
    wanted,
  );
  const methods = choice.methods.map((id) => resolveMethod(chooseMethod(id)));
  const input = network.inputs[0]!;
  const all: TensorRecord = { [input.name]: values };
  const first = (count: number): TensorRecord => samplesOf(all, 0, Math.min(count, names.length));
  const fits = fitted > 0 && methods.some(({ needsPatterns }) => needsPatterns);
  if (fits) say('Fitting patterns by the reference');
  return {
    model,
    job: {
      name: file.name,
      network,
      methods,
      compared: { names: names.slice(0, compared), inputs: first(compared) },
      timed: new Map(batches.map((batch) => [Math.min(batch, names.length), first(batch)])),
      patterns: fits
        ? await fitPatterns(network, [first(fitted)], {
            backend: referenceBackend(),
            withoutMoments: true,
            onProgress: ({ done, pass, passes }) => {
              say(`Fitting patterns by the reference: pass ${pass} of ${passes}, ${done} samples`);
            },
          })
        : undefined,
      fitted: fits ? first(fitted) : undefined,
      look: { axes: axes.get(input.name)!, preprocessing },
    },
  };
}
